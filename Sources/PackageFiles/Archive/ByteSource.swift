public import FarmModel

/// Where an archive's bytes come from.
public protocol ByteSource {
    /// The next bytes; none at the end.
    mutating func nextBytes() throws(FarmError) -> [UInt8]
}

/// Bytes in memory.
public struct MemorySource: ByteSource {
    private var bytes: [UInt8]

    /// A source of these bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// All bytes, and none the next time.
    public mutating func nextBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
}

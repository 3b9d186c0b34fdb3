public import FarmModel
internal import HostSystem

/// Where the bytes of a log come from.
public protocol LogBytes: Sendable {
    /// The bytes that the log has now.
    func currentSize() throws(FarmError) -> Int64

    /// At most `limit` bytes from `offset` on; empty at the end of what is there now.
    mutating func read(atMost limit: Int, at offset: Int64) throws(FarmError) -> ArraySlice<UInt8>
}

/// A log as its attempt writes it.
struct PlainLog: LogBytes {
    let file: Descriptor

    func currentSize() throws(FarmError) -> Int64 { try FarmError.wrap { () throws(SystemError) in try file.status().size } }

    func read(atMost limit: Int, at offset: Int64) throws(FarmError) -> ArraySlice<UInt8> {
        try FarmError.wrap { () throws(SystemError) in try file.read(atMost: limit, at: offset)[...] }
    }
}

extension CompressedLog: LogBytes {
    func currentSize() -> Int64 { size }
}

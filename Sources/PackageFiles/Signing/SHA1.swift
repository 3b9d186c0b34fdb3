internal import CHogweed

/// Computes a SHA-1 digest piece by piece: apk names files and control segments by it.
public struct SHA1: Sendable {
    /// Bytes of a digest.
    public static let size = 20

    private var state = sha1_ctx()

    /// Starts with no bytes.
    public init() { nettle_sha1_init(&state) }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        nettle_sha1_update(&state, bytes.count, bytes.bindMemory(to: UInt8.self).baseAddress)
    }

    /// The 20 bytes of the digest of all that was added so far.
    public func finish() -> [UInt8] {
        var state = state
        return [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
            nettle_sha1_digest(&state, Self.size, buffer.baseAddress)
            count = Self.size
        }
    }

    /// The digest of some bytes.
    public static func of(_ bytes: [UInt8]) -> [UInt8] {
        var hasher = SHA1()
        bytes.withUnsafeBytes { hasher.update($0) }
        return hasher.finish()
    }
}

import FarmModel
import HostSystem

/// Copies bytes and hashes them on the way.
enum HashedCopy {
    private static let chunkBytes = 256 * 1024

    /// Copies to the end of `source`.
    /// - Throws: `SystemError`; code `EFBIG` when there are more than `limit` bytes.
    static func copy(
        from source: Descriptor, to destination: Descriptor, limit: Int64 = .max
    ) throws(SystemError) -> (digest: Digest, bytes: Int64) {
        var hasher = DigestHasher()
        var total: Int64 = 0
        while let bytes = try source.read(atMost: chunkBytes), !bytes.isEmpty {
            total += Int64(bytes.count)
            if total > limit { throw SystemError(code: 27, attempt: "copy") }
            bytes.withUnsafeBytes { hasher.update($0) }
            try destination.writeAll(bytes)
        }
        return (hasher.finish(), total)
    }
}

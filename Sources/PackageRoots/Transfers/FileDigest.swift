internal import FarmModel
internal import HostSystem

/// Digests of whole files.
enum FileDigest {
    /// The digest of a file by its path, which no symbolic link may be at the end of.
    static func of(_ path: String) throws(SystemError) -> Digest { try of(try Files.open(path, [.read, .noFollow])) }

    /// The digest of an open file from its start, whatever its offset.
    static func of(_ file: Descriptor) throws(SystemError) -> Digest {
        var hasher = DigestHasher()
        var offset: Int64 = 0
        while true {
            let bytes = try file.read(atMost: 1 << 20, at: offset)
            if bytes.isEmpty { return hasher.finish() }
            bytes.withUnsafeBytes { hasher.update($0) }
            offset += Int64(bytes.count)
        }
    }
}

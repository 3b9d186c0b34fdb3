internal import FarmModel

/// Signs the segment that stands behind a signature in packages and indexes.
public struct SegmentSigner: Sendable {
    /// The key.
    public let key: PrivateKey
    /// What is signed. apk-tools before 2.12 know only SHA-1.
    public let algorithm: PackageSignature.Algorithm

    /// Signs with a key.
    public init(key: PrivateKey, algorithm: PackageSignature.Algorithm = .sha256) {
        self.key = key
        self.algorithm = algorithm
    }

    /// The segment with the signature over another one, both as they stand in the file.
    /// - Parameter seconds: The time of the signature's file, since 1970.
    /// - Throws: `badInput` where the key is no key.
    func signature(over segment: [UInt8], seconds: Int64) throws(FarmError) -> [UInt8] {
        let bytes =
            switch algorithm {
            case .sha1: try key.sign(sha1: SHA1.of(segment))
            case .sha256: try key.sign(sha256: Digest.of(segment).bytes)
            }
        var archive = SegmentArchive(seconds: seconds)
        archive.add(bytes, at: "\(PackageSignature.prefix)\(algorithm.rawValue).\(key.publicKey.name)")
        return GzipMember.compressing(archive.bytes)
    }
}

internal import FarmModel

/// A signature over the segment that follows it, from a file named `.SIGN.RSA.KEY` or `.SIGN.RSA256.KEY`.
public struct PackageSignature: Sendable, Equatable {
    /// What is signed.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// The SHA-1 of the segment.
        case sha1 = "RSA"
        /// The SHA-256 of the segment.
        case sha256 = "RSA256"
    }

    /// What is signed.
    public let algorithm: Algorithm
    /// The name of the key's file.
    public let keyName: String
    /// The signature.
    public let bytes: [UInt8]

    /// How the names of all signatures begin.
    static let prefix = ".SIGN."
    /// The most bytes of a signature: a key of 16384 bits.
    static let sizeLimit = 2_048
    /// The most signatures of a file.
    static let countLimit = 64

    /// A signature by the name of its file; nil for kinds that are not known.
    init?(fileName: String, bytes: [UInt8]) {
        guard fileName.hasPrefix(Self.prefix) else { return nil }
        let rest = fileName.dropFirst(Self.prefix.count)
        guard let dot = rest.firstIndex(of: "."), let algorithm = Algorithm(rawValue: String(rest[..<dot])) else { return nil }
        self.algorithm = algorithm
        keyName = String(rest[rest.index(after: dot)...])
        self.bytes = bytes
    }

    /// Whether the key made it over this segment.
    func isMade(by key: PublicKey, over segment: GzipMember) -> Bool {
        switch algorithm {
        case .sha1: key.verifies(bytes, sha1: segment.sha1)
        case .sha256: key.verifies(bytes, sha256: segment.sha256.bytes)
        }
    }
}

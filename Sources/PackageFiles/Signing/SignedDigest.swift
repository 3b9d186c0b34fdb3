/// What a signature is made of.
enum SignedDigest {
    /// 20 bytes
    case sha1([UInt8])
    /// 32 bytes
    case sha256([UInt8])

    /// The digest.
    var bytes: [UInt8] {
        switch self {
        case .sha1(let bytes), .sha256(let bytes): bytes
        }
    }

    /// How many bytes it must have.
    var size: Int { isSHA256 ? 32 : 20 }

    /// Which of the two it is.
    var isSHA256: Bool { if case .sha256 = self { true } else { false } }
}

public import FarmModel

/// An RSA key that signatures of packages and indexes are checked with.
public struct PublicKey: Sendable, Hashable {
    /// The name of its file, by which signatures refer to it: `melange.rsa.pub`.
    public let name: String
    /// The `RSAPublicKey` of PKCS #1.
    let der: [UInt8]

    /// Reads a key's text: `BEGIN PUBLIC KEY` (RFC 5280, SubjectPublicKeyInfo) or `BEGIN RSA PUBLIC KEY` (PKCS #1), 1024 to 8192 bits.
    /// - Throws: `badInput` for anything else.
    public init(name: String, pem text: String) throws(FarmError) {
        try KeyName.check(name)
        guard let pem = PEM(parsing: text), let der = Self.der(of: pem) else {
            throw FarmError(.badInput, "the key \(name) is no public key; it begins with -----BEGIN PUBLIC KEY-----")
        }
        try self.init(name: name, der: der)
    }

    init(name: String, der: [UInt8]) throws(FarmError) {
        guard RSANumbers(publicKey: der) != nil else {
            throw FarmError(.badInput, "the key \(name) is damaged, or its size is not 1024 to 8192 bits; fetch it anew")
        }
        self.name = name
        self.der = der
    }

    /// The key as text, `BEGIN PUBLIC KEY`.
    public var pem: String {
        let bits = DER.element(DER.bitString, [0] + der)
        return PEM(label: "PUBLIC KEY", bytes: DER.element(DER.sequence, DER.rsaAlgorithm + bits)).text
    }

    /// Whether the signature is this key's of the 20 bytes of a SHA-1 digest.
    public func verifies(_ signature: [UInt8], sha1 digest: [UInt8]) -> Bool { verifies(signature, .sha1(digest)) }

    /// Whether the signature is this key's of the 32 bytes of a SHA-256 digest.
    public func verifies(_ signature: [UInt8], sha256 digest: [UInt8]) -> Bool { verifies(signature, .sha256(digest)) }

    private func verifies(_ signature: [UInt8], _ digest: SignedDigest) -> Bool {
        RSANumbers(publicKey: der)?.verifies(signature, digest) ?? false
    }

    /// Two keys are the same if their numbers are, whatever they are called.
    public func isSameKey(as other: PublicKey) -> Bool { der == other.der }

    private static func der(of pem: PEM) -> [UInt8]? {
        switch pem.label {
        case "RSA PUBLIC KEY": return pem.bytes
        case "PUBLIC KEY":
            var outer = DERReader(pem.bytes[...])
            guard let content = outer.read(DER.sequence), outer.isAtEnd else { return nil }
            var fields = DERReader(content)
            guard let algorithm = fields.read(DER.sequence), DER.element(DER.sequence, Array(algorithm)) == DER.rsaAlgorithm,
                let bits = fields.read(DER.bitString), fields.isAtEnd, bits.first == 0
            else { return nil }
            return Array(bits.dropFirst())
        default: return nil
        }
    }
}

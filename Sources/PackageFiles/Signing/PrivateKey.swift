public import FarmModel

/// An RSA key that packages and indexes are signed with.
public struct PrivateKey: Sendable {
    /// The name of its file: `melange.rsa`. Its public half is called the same with `.pub` behind it.
    public let name: String
    /// The public half.
    public let publicKey: PublicKey
    /// The `RSAPrivateKey` of PKCS #1.
    private let der: [UInt8]

    /// Reads a key's text: `BEGIN RSA PRIVATE KEY` (PKCS #1) or `BEGIN PRIVATE KEY` (PKCS #8), not encrypted, 1024 to 8192 bits.
    /// - Throws: `badInput` for anything else.
    public init(name: String, pem text: String) throws(FarmError) {
        guard let pem = PEM(parsing: text) else {
            throw FarmError(.badInput, "the key \(name) is no private key; it begins with -----BEGIN PRIVATE KEY-----")
        }
        if pem.isEncrypted {
            throw FarmError(
                .badInput,
                "the key \(name) is encrypted; write it out without its passphrase (openssl rsa -in KEY -out NEW) and name that file")
        }
        guard let der = Self.der(of: pem) else {
            throw FarmError(.badInput, "the key \(name) is no private RSA key; apk knows no other kind")
        }
        try self.init(name: name, der: der)
    }

    private init(name: String, der: [UInt8]) throws(FarmError) {
        guard RSANumbers(privateKey: der) != nil, let half = Self.publicHalf(of: der) else {
            throw FarmError(.badInput, "the key \(name) is damaged, or its size is not 1024 to 8192 bits")
        }
        self.name = name
        self.der = der
        publicKey = try PublicKey(name: name + ".pub", der: half)
        try KeyName.check(publicKey.name)
    }

    /// Makes a key.
    /// - Parameter bits: The size of its modulus, 1024 to 8192.
    /// - Throws: `badInput` for a name or size that is not allowed.
    public static func generate(name: String, bits: Int = 4_096) throws(FarmError) -> PrivateKey {
        guard let numbers = RSANumbers(bits: bits) else { throw FarmError(.badInput, "a key has 1024 to 8192 bits, not \(bits)") }
        return try PrivateKey(name: name, der: numbers.privateKeyDER)
    }

    /// The key as text, `BEGIN RSA PRIVATE KEY`: a secret.
    public var pem: String { PEM(label: "RSA PRIVATE KEY", bytes: der).text }

    /// Signs the 20 bytes of a SHA-1 digest.
    /// - Throws: `badInput` where the parts of the key do not fit together.
    public func sign(sha1 digest: [UInt8]) throws(FarmError) -> [UInt8] { try sign(.sha1(digest)) }

    /// Signs the 32 bytes of a SHA-256 digest.
    /// - Throws: `badInput` where the parts of the key do not fit together.
    public func sign(sha256 digest: [UInt8]) throws(FarmError) -> [UInt8] { try sign(.sha256(digest)) }

    private func sign(_ digest: SignedDigest) throws(FarmError) -> [UInt8] {
        guard let signature = RSANumbers(privateKey: der)?.sign(digest) else {
            throw FarmError(.badInput, "the parts of the key \(name) do not fit together; name another one")
        }
        return signature
    }

    private static func der(of pem: PEM) -> [UInt8]? {
        switch pem.label {
        case "RSA PRIVATE KEY": return pem.bytes
        case "PRIVATE KEY":
            var outer = DERReader(pem.bytes[...])
            guard let content = outer.read(DER.sequence), outer.isAtEnd else { return nil }
            var fields = DERReader(content)
            guard fields.read(DER.integer) != nil, let algorithm = fields.read(DER.sequence),
                DER.element(DER.sequence, Array(algorithm)) == DER.rsaAlgorithm, let key = fields.read(DER.octetString)
            else { return nil }
            return Array(key)
        default: return nil
        }
    }

    /// Modulus and exponent stand behind the version.
    private static func publicHalf(of der: [UInt8]) -> [UInt8]? {
        var outer = DERReader(der[...])
        guard let content = outer.read(DER.sequence) else { return nil }
        var fields = DERReader(content)
        guard fields.read(DER.integer) != nil, let modulus = fields.read(DER.integer), let exponent = fields.read(DER.integer) else {
            return nil
        }
        return DER.element(DER.sequence, DER.element(DER.integer, Array(modulus)) + DER.element(DER.integer, Array(exponent)))
    }
}

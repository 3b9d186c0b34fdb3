import FarmModel
import PackageFiles
import Testing

@Suite struct KeyTests {
    private let digest = Hexadecimal.bytes(of: "a9993e364706816aba3e25717850c26c9cd0d89d") ?? []
    private let longDigest = Digest.of(Array("abc".utf8)).bytes
    private let signature = Hexadecimal.bytes(of: KeyFixtures.sha1Signature) ?? []
    private let longSignature = Hexadecimal.bytes(of: KeyFixtures.sha256Signature) ?? []

    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("The quick brown fox jumps over the lazy dog", "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"),
    ])
    func sha1(text: String, digits: String) {
        #expect(Hexadecimal.text(of: SHA1.of(Array(text.utf8))) == digits)
    }

    @Test func sha1OfPieces() {
        var hasher = SHA1()
        for byte in Array("abc".utf8) { withUnsafeBytes(of: byte) { hasher.update($0) } }
        #expect(hasher.finish() == digest)
    }

    @Test(arguments: [KeyFixtures.pkcs8, KeyFixtures.pkcs1, "a note\n\n" + KeyFixtures.pkcs1 + "\nmore", KeyFixtures.pkcs8 + "\n\n"])
    func signsAsOpenSSL(pem: String) throws {
        let key = try PrivateKey(name: "test.rsa", pem: pem)
        #expect(try key.sign(sha1: digest) == signature)
        #expect(try key.sign(sha256: longDigest) == longSignature)
        #expect(key.publicKey.name == "test.rsa.pub")
        #expect(key.publicKey.pem == KeyFixtures.publicKey + "\n")
        #expect(key.pem == KeyFixtures.pkcs1 + "\n")
    }

    @Test(arguments: [
        KeyFixtures.publicKey, KeyFixtures.publicKeyPKCS1, KeyFixtures.publicKey.split(separator: "\n").joined(separator: "\r\n"),
    ])
    func verifiesSignaturesOfOpenSSL(pem: String) throws {
        let key = try PublicKey(name: "test.rsa.pub", pem: pem)
        #expect(key.verifies(signature, sha1: digest))
        #expect(key.verifies(longSignature, sha256: longDigest))
        #expect(!key.verifies(longSignature, sha1: digest))
        #expect(!key.verifies(signature, sha256: longDigest))
        #expect(!key.verifies(signature, sha1: longDigest))
        #expect(!key.verifies(longSignature, sha256: digest))
        #expect(key.pem == KeyFixtures.publicKey + "\n")
    }

    @Test func verifiesRealSignatures() throws {
        let index = try PublicKey(name: "test-rsa256.rsa.pub", pem: KeyFixtures.indexKey)
        let indexSignature = try #require(Base64.bytes(of: KeyFixtures.indexSignature))
        let indexDigest = try #require(Hexadecimal.bytes(of: KeyFixtures.indexDigest))
        #expect(index.verifies(indexSignature, sha256: indexDigest))
        let package = try PublicKey(name: "melange.rsa.pub", pem: KeyFixtures.packageKey)
        let packageSignature = try #require(Base64.bytes(of: KeyFixtures.packageSignature))
        let packageDigest = try #require(Hexadecimal.bytes(of: KeyFixtures.packageDigest))
        #expect(package.verifies(packageSignature, sha256: packageDigest))
        #expect(!index.verifies(packageSignature, sha256: packageDigest))
        #expect(index.pem == KeyFixtures.indexKey + "\n")
    }

    @Test func refusesEachFlippedByte() throws {
        let key = try PublicKey(name: "test.rsa.pub", pem: KeyFixtures.publicKey)
        for place in longSignature.indices {
            var flipped = longSignature
            flipped[place] ^= 1
            #expect(!key.verifies(flipped, sha256: longDigest), "byte \(place)")
        }
        for place in longDigest.indices {
            var flipped = longDigest
            flipped[place] ^= 0x80
            #expect(!key.verifies(longSignature, sha256: flipped), "byte \(place)")
        }
        let lengths = [[], Array(longSignature.dropLast()), longSignature + [0], [0] + longSignature, longSignature + longSignature]
        for wrong in lengths { #expect(!key.verifies(wrong, sha256: longDigest)) }
        #expect(!key.verifies([UInt8](repeating: 0, count: 128), sha256: longDigest))
        #expect(!key.verifies([UInt8](repeating: 255, count: 128), sha256: longDigest))
    }

    @Test func madeKeysWork() throws {
        let key = try PrivateKey.generate(name: "new.rsa", bits: 1_024)
        let again = try PrivateKey(name: "new.rsa", pem: key.pem)
        let half = try PublicKey(name: "new.rsa.pub", pem: key.publicKey.pem)
        #expect(half.verifies(try again.sign(sha256: longDigest), sha256: longDigest))
        #expect(half.verifies(try key.sign(sha1: digest), sha1: digest))
        #expect(half.isSameKey(as: key.publicKey))
        let other = try PrivateKey.generate(name: "new.rsa", bits: 1_024)
        #expect(!other.publicKey.verifies(try key.sign(sha256: longDigest), sha256: longDigest))
    }

    @Test(arguments: [0, 16, 1_023, 8_193, -5, Int.max])
    func refusesSizes(bits: Int) {
        #expect(throws: FarmError(.badInput, "a key has 1024 to 8192 bits, not \(bits)")) {
            try PrivateKey.generate(name: "new.rsa", bits: bits)
        }
    }

    @Test(arguments: [
        (KeyFixtures.encryptedPKCS8, "is encrypted"), (KeyFixtures.encryptedPKCS1, "is encrypted"),
        (KeyFixtures.ellipticCurve, "is no private RSA key"), (KeyFixtures.publicKey, "is no private RSA key"),
        (KeyFixtures.small, "its size is not 1024 to 8192 bits"), ("", "is no private key"), ("hello", "is no private key"),
        ("-----BEGIN PRIVATE KEY-----", "is no private key"),
        ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "is no private RSA key"),
        ("-----BEGIN RSA PRIVATE KEY-----\n????\n-----END RSA PRIVATE KEY-----", "is no private key"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----", "is damaged"),
    ])
    func refusesPrivateKeys(pem: String, reason: String) {
        let error = #expect(throws: FarmError.self) { try PrivateKey(name: "test.rsa", pem: pem) }
        #expect(error?.status == .badInput)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("test.rsa") == true)
    }

    @Test(arguments: [
        KeyFixtures.pkcs1, KeyFixtures.ellipticCurve, "", "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----",
        KeyFixtures.publicKey.replacing("MIGf", with: "MIGe"), String(repeating: "-----BEGIN PUBLIC KEY-----\n", count: 10_000),
    ])
    func refusesPublicKeys(pem: String) {
        let error = #expect(throws: FarmError.self) { try PublicKey(name: "test.rsa.pub", pem: pem) }
        #expect(error?.status == .badInput)
    }

    /// A modulus or exponent that is even, and the exponents 1, 0 and one of 72 bits.
    @Test func refusesNumbersThatNoKeyHas() throws {
        let lines = KeyFixtures.publicKeyPKCS1.split(separator: "\n")
        let good = try #require(Base64.bytes(of: lines.dropFirst().dropLast().joined()))
        let modulus = Array(good.dropFirst(3).dropLast(5))
        let evenModulus = Array(modulus.dropLast()) + [(modulus.last ?? 0) ^ 1]
        let exponent: [UInt8] = [2, 3, 1, 0, 1]
        func isRead(_ numbers: [UInt8]) -> Bool {
            let text = Base64.text(of: [0x30, 0x81, UInt8(numbers.count)] + numbers)
            return (try? PublicKey(name: "x.pub", pem: "-----BEGIN RSA PUBLIC KEY-----\n\(text)\n-----END RSA PUBLIC KEY-----")) != nil
        }
        #expect(isRead(modulus + exponent))
        #expect(!isRead(evenModulus + exponent))
        for wrong: [UInt8] in [[2, 3, 1, 0, 0], [2, 1, 1], [2, 1, 0], [2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 1], [2, 1, 0xFF], []] {
            #expect(!isRead(modulus + wrong), "\(wrong)")
        }
    }

    @Test(arguments: ["", ".hidden", "a/b", "../x.pub", "two words", "line\nend", "naïve", String(repeating: "k", count: 88)])
    func refusesNames(name: String) {
        let error = #expect(throws: FarmError.self) { try PublicKey(name: name, pem: KeyFixtures.publicKey) }
        #expect(error?.message.contains("is not a key's name") == true)
    }

    @Test func truncatedKeysAreRefused() throws {
        let lines = KeyFixtures.pkcs1.split(separator: "\n")
        let bytes = try #require(Base64.bytes(of: lines.dropFirst().dropLast().joined()))
        for length in stride(from: 0, to: bytes.count, by: 7) {
            let text = Base64.text(of: Array(bytes.prefix(length)))
            let pem = "-----BEGIN RSA PRIVATE KEY-----\n\(text)\n-----END RSA PRIVATE KEY-----"
            #expect(throws: FarmError.self, "\(length) bytes") { try PrivateKey(name: "test.rsa", pem: pem) }
        }
    }

    @Test func keysWhosePartsDoNotFitSignNothing() throws {
        let lines = KeyFixtures.pkcs1.split(separator: "\n")
        var bytes = try #require(Base64.bytes(of: lines.dropFirst().dropLast().joined()))
        // The last number, which is used for nothing but computing faster.
        bytes[bytes.count - 1] ^= 2
        let pem = "-----BEGIN RSA PRIVATE KEY-----\n\(Base64.text(of: bytes))\n-----END RSA PRIVATE KEY-----"
        let key = try PrivateKey(name: "test.rsa", pem: pem)
        #expect(throws: FarmError.self) { try key.sign(sha256: longDigest) }
    }
}

import FarmModel
import Testing

@testable import FarmModel

@Suite struct AccessTests {
    @Test func eachRoleMayDoWhatThoseBelowItMay() {
        #expect(Role.allCases == [.read, .submit, .operate, .admin])
        #expect(Role.allCases == Role.allCases.sorted())
        #expect(Role.read < .submit && Role.submit < .operate && Role.operate < .admin)
    }

    /// The examples of RFC 4648, section 10, without padding, and the two characters that are its own.
    @Test(
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
        ])
    func base64AsTheStandardHasIt(plain: String, text: String) { #expect(Base64.urlText(of: Array(plain.utf8)) == text) }

    @Test func base64ForAddresses() { #expect(Base64.urlText(of: [0xfb, 0xff, 0xbf]) == "-_-_") }

    @Test func aSecretIsReadAsItWasWritten() throws {
        let secret = TokenSecret(random: Array(0..<32))
        #expect(secret.text == "bf_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(TokenSecret(secret.text) == secret)
        #expect(secret.hash == Digest.of(Array(secret.text.utf8)))
    }

    @Test(arguments: ["", "bf_", "bf_short", "xx_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "bf_" + String(repeating: "a", count: 44)])
    func whatLooksLikeNoTokenIsNone(text: String) { #expect(TokenSecret(text) == nil) }

    @Test func revokedComesBeforeExpired() {
        var token = TokenRecord(
            id: TokenID(1), name: "ci", role: .submit, owner: nil, createdMilliseconds: 0, expiresMilliseconds: 1000)
        #expect(token.validity(at: 999) == .valid)
        #expect(token.validity(at: 1000) == .expired)
        token.revokedMilliseconds = 5
        #expect(token.validity(at: 999) == .revoked)
        token.expiresMilliseconds = nil
        token.revokedMilliseconds = nil
        #expect(token.validity(at: .max) == .valid)
    }

    @Test func theRecordHasNoHash() {
        let token = TokenRecord(
            id: TokenID(1), name: "ci", role: .submit, owner: "ann", createdMilliseconds: 0, expiresMilliseconds: 1000)
        #expect(
            JSONValue.object(token.json).text
                == #"{"kind":"token","id":"t-000000000001","name":"ci","role":"submit","owner":"ann","created":"1970-01-01T00:00:00.000Z","expires":"1970-01-01T00:00:01.000Z"}"#
        )
    }

    @Test func digestsAreComparedWhole() {
        let digest = Digest.of([1])
        var other = digest.bytes
        other[31] ^= 1
        #expect(digest.isEqualInConstantTime(to: Digest.of([1])))
        #expect(Digest(bytes: other).map { digest.isEqualInConstantTime(to: $0) } == false)
    }
}

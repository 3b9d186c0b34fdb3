import FarmModel
import Testing

@testable import FarmStore

@Suite struct SecretMaskTests {
    private func masked(_ log: String, _ secrets: String...) throws -> String {
        var mask = try #require(SecretMask(secrets.map { Array($0.utf8) }))
        let bytes = Array(log.utf8).flatMap { mask.pass([$0]) } + mask.finish()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func overlappingSecretsAreOneMask() throws {
        #expect(try masked("xabcdabceabc abcdabc", "abcdabce", "dabceabc") == "x*** abcdabc")
    }

    /// As they come from jq, Python, Go, PHP and bf itself.
    @Test(arguments: [
        #"p\"\u007f\b\u001b/ß&"#, #"p\"\u007f\b\u001b/\u00df&"#, #"p\"\#u{7F}\u0008\u001b/ß\u0026"#, #"p\"\#u{7F}\b\u001b\/\u00df&"#,
        #"p\"\u007f\u0008\u001b/ß&"#,
    ])
    func secretsInJSONAreMasked(_ text: String) throws {
        let secret = "p\"\u{7F}\u{8}\u{1B}/ß&"
        #expect(try masked("{\"a\":\"\(text)\"}", secret) == "{\"a\":\"***\"}")
    }

    @Test func whatIsNotTextIsMaskedInJSONToo() throws {
        var mask = try #require(SecretMask([[0xFF, 0x0A, 0x22, 0xFE, 0x41]]))
        let output = mask.pass([0x22, 0xFF, 0x5C, 0x6E, 0x5C, 0x22, 0xFE, 0x41, 0x22]) + mask.finish()
        #expect(String(decoding: output, as: UTF8.self) == "\"***\"")
    }

    @Test func ourOwnRecordsAreMasked() throws {
        let secret = String(String.UnicodeScalarView((1...0x1FF).compactMap { Unicode.Scalar($0) }))
        #expect(try masked(JSONValue.string(secret).text, secret) == "\"***\"")
    }
}

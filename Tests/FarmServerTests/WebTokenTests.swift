import FarmAPI
import FarmModel
import Testing

@testable import FarmServer

@Suite struct WebTokenTests {
    private func token(_ header: String) -> String {
        let text = Base64.text(of: Array(header.utf8)).replacing("+", with: "-").replacing("/", with: "_")
        return text.replacing("=", with: "") + ".e30.AA"
    }

    @Test func theHeaderIsRead() {
        let header = WebTokenHeader(token(#"{"alg":"RS256","typ":"JWT","kid":"one"}"#))
        #expect(header?.algorithm == "RS256" && header?.key == "one")
        #expect(WebTokenHeader(token(#"{"alg":"HS256"}"#))?.key == nil)
    }

    @Test(arguments: [
        "", "{}", "[]", "7", "nonsense", #"{"alg":null}"#, #"{"alg":1e300}"#, #"{"alg":["RS256"]}"#, #"{"alg":"RS256","kid":1e300}"#,
        #"{"alg":"RS256","kid":null}"#, #"{"alg":"RS256","crit":[]}"#, #"{"alg":"RS256","alg":"none"}"#,
        String(repeating: "[", count: 4_000),
    ])
    func otherHeadersAreNone(_ header: String) { #expect(WebTokenHeader(token(header)) == nil) }

    @Test(arguments: ["", ".", "..", "a=.b.c", "+.b.c", "/w.b.c", "eyJhbGciOiJSUzI1NiJ9=.b.c", " eyJhbGciOiJSUzI1NiJ9.b.c"])
    func whatIsNotEncodedIsNone(_ token: String) { #expect(WebTokenHeader(token) == nil) }

    /// The example of RFC 8037, appendix A.2, with a key id.
    private static let edwards = #"{"kty":"OKP","crv":"Ed25519","kid":"a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#

    private func keys(_ set: String) async throws -> WebTokenKeys {
        var keys = WebTokenKeys()
        try await keys.add(set: set, from: "set.json")
        return keys
    }

    private func verifies(_ keys: WebTokenKeys, _ header: String) throws -> Bool {
        keys.verifier(for: try #require(WebTokenHeader(token(header)))) != nil
    }

    @Test func theKeyDecidesTheAlgorithm() async throws {
        let keys = try await keys("{\"keys\":[\(Self.edwards)]}")
        #expect(try verifies(keys, #"{"alg":"EdDSA","kid":"a"}"#))
        #expect(try verifies(keys, #"{"alg":"EdDSA"}"#))
        for header in [
            #"{"alg":"RS256","kid":"a"}"#, #"{"alg":"none","kid":"a"}"#, #"{"alg":"HS256","kid":"a"}"#, #"{"alg":"eddsa","kid":"a"}"#,
            #"{"alg":"EdDSA","kid":"b"}"#, #"{"alg":"ES256"}"#,
        ] {
            #expect(try !verifies(keys, header), "\(header)")
        }
    }

    @Test func theSecretIsForItsAlgorithmOnly() async throws {
        var keys = try await keys("{\"keys\":[\(Self.edwards)]}")
        try await keys.add(secret: String(repeating: "s", count: 32), from: "secret")
        #expect(try verifies(keys, #"{"alg":"HS256"}"#))
        for name in ["HS384", "HS512", "none", "RS256"] { #expect(try !verifies(keys, "{\"alg\":\"\(name)\"}")) }
        #expect(try verifies(keys, #"{"alg":"EdDSA"}"#))
    }

    @Test func aShortSecretIsRefused() async {
        var keys = WebTokenKeys()
        let error = await #expect(throws: FarmError.self) { try await keys.add(secret: String(repeating: "s", count: 31), from: "secret") }
        #expect(error?.status == .configuration)
        #expect(error?.message.contains("sss") == false)
    }

    @Test(arguments: [
        "", "nonsense", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]}"#, #"{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"a","alg":"HS256"}]}"#,
        #"{"keys":[{"kty":"RSA","kid":"a"}]}"#, #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA","kid":"a"}]}"#,
        #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#,
        #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a","use":"enc"}]}"#,
        "{\"keys\":[\(edwards),\(edwards)]}",
    ])
    func setsThatAreNone(_ set: String) async {
        let error = await #expect(throws: FarmError.self) { try await keys(set) }
        #expect(error?.status == .configuration)
        #expect(error?.message.hasPrefix("set.json") == true)
    }

    @Test func keysForOtherUsesAreLeftOut() async throws {
        let other = #"{"kty":"EC","crv":"P-256","kid":"b","x":"AA","y":"AA"}"#
        let keys = try await keys("{\"keys\":[\(other),\(Self.edwards)]}")
        #expect(try verifies(keys, #"{"alg":"EdDSA","kid":"a"}"#))
        #expect(try !verifies(keys, #"{"alg":"ES256","kid":"b"}"#))
    }
}

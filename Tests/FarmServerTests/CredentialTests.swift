import HTTPTypes
import Testing

@testable import FarmServer

@Suite struct CredentialTests {
    private func credential(authorization: [String] = [], key: [String] = []) -> Credential {
        var fields = HTTPFields()
        for value in authorization { fields.append(HTTPField(name: .authorization, value: value)) }
        for value in key { fields.append(HTTPField(name: .apiKey, value: value)) }
        return Credential(fields)
    }

    @Test func oneKeyInEitherPlace() {
        #expect(credential() == .none)
        #expect(credential(authorization: ["Bearer bf_a"]) == .key("bf_a"))
        #expect(credential(authorization: ["bearer bf_a"]) == .key("bf_a"))
        #expect(credential(key: ["bf_a"]) == .key("bf_a"))
    }

    @Test func threePartsAreAWebToken() {
        #expect(credential(authorization: ["Bearer a.b.c"]) == .webToken("a.b.c"))
        #expect(credential(key: [".."]) == .webToken(".."))
        #expect(credential(key: ["a.b"]) == .key("a.b"))
        #expect(credential(key: ["a.b.c.d"]) == .key("a.b.c.d"))
    }

    @Test(arguments: ["Basic YTpi", "Bearer", "Bearer ", "bf_a", "", "Digest username=a"])
    func otherSchemesAreNone(_ value: String) {
        #expect(credential(authorization: [value]) == .malformed)
    }

    @Test func twoAreAmbiguous() {
        #expect(credential(authorization: ["Bearer a", "Bearer a"]) == .malformed)
        #expect(credential(authorization: ["Bearer a"], key: ["a"]) == .malformed)
        #expect(credential(authorization: ["Basic a"], key: ["a"]) == .malformed)
        #expect(credential(key: ["a", "b"]) == .malformed)
    }

    @Test func neitherEmptyNorEndless() {
        #expect(credential(key: [""]) == .malformed)
        #expect(credential(key: [String(repeating: "a", count: 8_192)]) != .malformed)
        #expect(credential(key: [String(repeating: "a", count: 8_193)]) == .malformed)
    }
}

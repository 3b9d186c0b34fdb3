import Fetching
import Testing

/// What servers say of files, to be said back to them.
@Suite struct ValidatorsTests {
    @Test func validatorsAreKeptIfTheyAreUsable() {
        let found = Validators(entityTag: "\"a\"", lastModified: "Mon, 01 Jan 2024 00:00:00 GMT")
        #expect(found.headers == ["If-None-Match: \"a\"", "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT"])
        #expect(Validators(entityTag: "a\r\nX: y", lastModified: String(repeating: "x", count: 600)).headers.isEmpty)
        #expect(Validators(entityTag: "", lastModified: nil).headers.isEmpty)
        #expect(Validators(parsing: Array("{\"etag\":\"x\"}".utf8)) == nil)
    }
}

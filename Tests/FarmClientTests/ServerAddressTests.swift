import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmClient

struct ServerAddressTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", true), ("http://localhost/", "http://localhost", true),
        ("http://[::1]:80", "http://[::1]:80", true), ("http://farm.example:8080", "http://farm.example:8080", false),
        ("http://127.0.0.1.example", "http://127.0.0.1.example", false), ("https://farm.example", "https://farm.example", false),
        ("unix:/run/bf.sock", "http+unix://%2Frun%2Fbf.sock", true),
    ])
    func addressesAreRead(_ text: String, _ base: String, _ isLocal: Bool) throws {
        let address = try ServerAddress(text)
        #expect(address.base == base)
        #expect(address.isLocal == isLocal)
        #expect(address.isSecure == text.hasPrefix("https:"))
    }

    @Test(arguments: [
        "", "farm.example", "ftp://farm.example", "http://", "http://a/b", "http://me@farm", "http://a b", "http://a?b", "unix:",
        "http://a\nHost: b",
    ])
    func everythingElseIsRefused(_ text: String) {
        #expect(failure { () throws(FarmError) in _ = try ServerAddress(text) }?.status == .usage)
    }

    @Test func keysAreReadFromFiles() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("bf_secret\n", to: "key")
        try Files.setPermissions(path, 0o600)
        var warnings: [String] = []
        let access = try ServerAccess(address: "http://localhost", tokenFile: path, authorities: nil) { warnings.append($0) }
        #expect(access.token == "bf_secret")
        #expect(warnings.isEmpty)
        try Files.setPermissions(path, 0o644)
        _ = try ServerAccess(address: "http://farm.example", tokenFile: path, authorities: nil) { warnings.append($0) }
        #expect(warnings.count == 2)
        let words = try folder.write("two words", to: "words")
        #expect(
            failure { () throws(FarmError) in
                _ = try ServerAccess(address: "http://localhost", tokenFile: words, authorities: nil) { _ in }
            }?.status == .badInput)
    }
}

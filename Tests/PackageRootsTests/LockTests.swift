import FarmModel
import PackageRoots
import Testing

@Suite("What is told of an environment")
struct LockTests {
    private static func lock(_ credentials: String, path: String = "os") -> EnvironmentLock {
        let address = "https://\(credentials)packages.example/\(path)"
        let environment = PackageEnvironment(
            repositories: [PackageEnvironment.Repository(address: address)], keys: [address + "/a.rsa.pub"], packages: ["hello"])
        let package = EnvironmentLock.Package(
            name: "hello", version: "1-r0", architecture: "x86_64", checksum: [UInt8](repeating: 7, count: 20), repository: address)
        let key = EnvironmentLock.Key(name: "a.rsa.pub", digest: Digest.of("key".utf8), address: address + "/a.rsa.pub")
        return EnvironmentLock(environment, .noarch, packages: [package], keys: [key])
    }

    @Test("Other passwords make no other root", arguments: ["apk:other@", "apk:@", "apk:a@b@"])
    func passwords(_ credentials: String) {
        #expect(Self.lock(credentials) != Self.lock("apk:word@"))
        #expect(Self.lock(credentials).digest == Self.lock("apk:word@").digest)
    }

    @Test("Other repositories do", arguments: [("", "os"), ("somebody:word@", "os"), ("apk:word@", "extras")])
    func repositories(_ credentials: String, _ path: String) {
        #expect(Self.lock(credentials, path: path).digest != Self.lock("apk:word@").digest)
    }

    @Test("What is shown has no password, and all the rest")
    func shown() throws {
        let lock = Self.lock("apk:word@")
        #expect(lock.json.count(of: "word") == 3)
        #expect(lock.withoutCredentials.json.count(of: "word") == 0)
        #expect(lock.withoutCredentials == Self.lock("apk:***@"))
        #expect(Self.lock("").withoutCredentials == Self.lock(""))
    }
}

extension JSONObject {
    /// How often a word stands in the text.
    fileprivate func count(of word: String) -> Int { JSONValue.object(self).text.ranges(of: ":\(word)@").count }
}

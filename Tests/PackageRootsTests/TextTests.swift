import FarmModel
import Testing

@testable import PackageRoots

@Suite struct TextTests {
    private typealias Account = PackageEnvironment.Account

    @Test func usersAndGroupsAreAppended() throws {
        let users = [Account(name: "build", number: 1_000), Account(name: "web", number: 80, group: 81, shell: "/bin/false", home: "/srv")]
        #expect(
            try AccountLines.passwd("root:x:0:0:root:/root:/bin/sh", adding: users)
                == "root:x:0:0:root:/root:/bin/sh\nbuild:x:1000:1000:build:/home/build:/bin/sh\nweb:x:80:81:web:/srv:/bin/false\n")
        let groups = [Account(name: "build", number: 1_000, members: ["build", "web"])]
        #expect(try AccountLines.group("", adding: groups) == "build:x:1000:build,web\n")
    }

    @Test func knownAccountsStayAndOthersOfTheirNameAreRefused() throws {
        let passwd = "build:x:1000:1000:::\n"
        #expect(try AccountLines.passwd(passwd, adding: [Account(name: "build", number: 1_000)]) == passwd)
        let error = failure { try AccountLines.passwd(passwd, adding: [Account(name: "build", number: 7)]) }
        #expect(error.message == "the user build is 7 in the environment and 1000 in its packages; use that number or another name")
    }

    @Test(arguments: [
        Account(name: "a:b", number: 1), Account(name: "a\nroot", number: 1), Account(name: "", number: 1), Account(name: "a/b", number: 1),
        Account(name: "..", number: 1), Account(name: "a", number: -1), Account(name: "a", number: 1 << 32),
        Account(name: "a", number: 1, shell: "/bin/sh\nx"), Account(name: "a", number: 1, home: "home"),
        Account(name: "a", number: 1, members: ["b:c"]),
    ])
    private func accountsThatNoLineCanHoldAreRefused(account: Account) {
        #expect(failure { try AccountLines.passwd("", adding: [account]) }.failureClass == .badInput)
    }

    @Test func listsOfAppletsGivePathsAndNothingElse() {
        let text = "/bin/ls\nusr/bin/awk\n\n/bin/../etc/passwd\n/\nbin/a b\n/sbin/init"
        #expect(AppletList.paths(in: Array(text.utf8)) == ["bin/ls", "usr/bin/awk", "sbin/init"])
    }

    @Test func locksAreWrittenAndReadBack() throws {
        var environment = PackageEnvironment(
            repositories: [.init(address: "https://example.org/os"), .init(address: "/srv/edge", tag: "edge")], keys: ["/k.rsa.pub"],
            packages: ["busybox", "zlib>=1.3"])
        environment.users = [Account(name: "build", number: 1_000, group: 2, shell: "/bin/sh", home: "/x")]
        environment.groups = [Account(name: "build", number: 1_000, members: ["build"])]
        let packages = [
            EnvironmentLock.Package(
                name: "zlib", version: "1.3-r0", architecture: "x86_64", checksum: [UInt8](repeating: 7, count: 20), repository: "local:x")
        ]
        let keys = [EnvironmentLock.Key(name: "k.rsa.pub", digest: Digest.of([1]), address: "/k.rsa.pub")]
        let lock = EnvironmentLock(environment, try #require(Architecture("aarch64")), packages: packages, keys: keys)
        let text = JSONValue.object(lock.json).canonicalText
        let read = try EnvironmentLock(json: try #require(try JSONParser.parse(text).object))
        #expect(read == lock)
        #expect(read.digest == lock.digest)
        var other = lock
        other.packages[0].version = "1.3-r1"
        #expect(other.digest != lock.digest)
    }

    @Test func locksWithNamesThatArePathsAreRefused() throws {
        let environment = PackageEnvironment(repositories: [], keys: [], packages: [])
        for name in ["../x", "a/b", "", "a b", ".hidden", String(repeating: "n", count: 201)] {
            let package = EnvironmentLock.Package(
                name: name, version: "1", architecture: "noarch", checksum: [UInt8](repeating: 0, count: 20), repository: "/r")
            let lock = EnvironmentLock(environment, .native, packages: [package], keys: [])
            #expect(throws: FarmError.self, "\(name)") { try EnvironmentLock(json: lock.json) }
        }
        var json = EnvironmentLock(environment, .native, packages: [], keys: []).json
        json["format"] = 2
        #expect(throws: FarmError.self) { try EnvironmentLock(json: json) }
    }
}

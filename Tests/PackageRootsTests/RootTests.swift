import FarmModel
import Fetching
import HostSystem
import PackageFiles
import Testing

@testable import PackageRoots

@Suite struct RootTests {
    private let place: TestPlace

    init() throws { place = try TestPlace() }

    private static let base = TestPackage(
        "base",
        [
            ("bin", .link("usr/bin")), ("etc", .folder()), ("etc/passwd", .file("root:x:0:0:root:/root:/bin/sh\n")),
            ("etc/group", .file("root:x:0:\n")), ("lib", .link("usr/lib")), ("tmp", .folder(mode: 0o1777)), ("usr", .folder()),
            ("usr/bin", .folder()), ("usr/lib", .folder()),
        ])

    private static let busybox: TestPackage = {
        var package = TestPackage(
            "busybox", version: "1.36-r2", information: ["depend = base", "provides = cmd:busybox=1.36-r2", "triggers = /bin /usr/bin"],
            [
                ("bin/busybox", .file("program", mode: 0o755)), ("bin/su", .file("su", mode: 0o4755)),
                ("bin/twin", .hardLink("bin/busybox")),
                ("etc/busybox-paths.d", .folder()), ("etc/busybox-paths.d/busybox", .file("/bin/sh\n/bin/su\nsbin/init\n")),
                ("lib/private", .folder(mode: 0o700)), ("lib/private/data", .file("data")),
            ])
        package.scripts = [(".post-install", "#!/bin/busybox sh\ntrue\n"), (".trigger", "#!/bin/busybox sh\nfalse\n")]
        return package
    }()

    private func publishBoth() throws { try place.publish([Self.base, Self.busybox]) }

    @Test func packagesBecomeARoot() throws {
        try publishBoth()
        let root = try place.root(place.environment(["busybox"]))
        #expect(root.path == place("cache/roots/apk-\(root.digest.dropFirst(4))"))
        let listing = try TestPlace.listing(root.path).map { line in line.split(separator: " ").prefix(2).joined(separator: " ") }
        let expected = [
            "bin 777", "etc 755", "tmp 1777", "usr 755", "usr/bin 755", "usr/bin/busybox 755", "usr/bin/su 4755", "usr/bin/sh 777",
            "usr/bin/twin 755",
            "usr/lib 755", "usr/lib/private 700", "usr/lib/private/data 644", "sbin 755", "sbin/init 777", "usr/lib/apk/db/installed 644",
            "usr/lib/apk/db/lock 600", "usr/lib/apk/db/scripts.tar 644", "usr/lib/apk/db/triggers 644", "etc/apk/arch 644",
            "etc/apk/world 644",
            "etc/apk/repositories 644",
        ]
        for line in expected { #expect(listing.contains(line), "\(line)") }
        #expect(String(decoding: try Files.linkTarget("\(root.path)/bin/sh"), as: UTF8.self) == "/bin/busybox")
        #expect(try place.text("\(root.path)/usr/bin/su") == "su")
        #expect(try Files.status("\(root.path)/usr/bin/twin").inode == Files.status("\(root.path)/usr/bin/busybox").inode)
        #expect(try Files.status("\(root.path)/usr/bin/busybox").modifiedNanoseconds == 77_000_000_000)
    }

    @Test func apkFindsItsDatabase() throws {
        try publishBoth()
        let path = try place.root(place.environment(["busybox > 1.2", "base"])).path
        let database = try InstalledText(try place.text("\(path)/usr/lib/apk/db/installed"))
        #expect(database.packages.map { $0.field("P") } == ["base", "busybox"])
        let busybox = database.packages[1]
        #expect(busybox.field("V") == "1.36-r2")
        #expect(busybox.field("D") == "base")
        #expect(busybox.field("p") == "cmd:busybox=1.36-r2")
        #expect(busybox.field("S") == "\(Self.busybox.bytes.count)")
        #expect(
            busybox.files.map { $0.path } == [
                "etc/busybox-paths.d/busybox", "usr/bin/busybox", "usr/bin/su", "usr/bin/twin", "usr/lib/private/data",
            ])
        #expect(busybox.files.map { $0.owners } == ["", "0:0:755", "0:0:4755", "0:0:755", ""])
        #expect(busybox.files[2].checksum == ControlChecksum.text(of: SHA1.of(Array("su".utf8))))
        #expect(busybox.folders.contains { $0 == ("usr/lib/private", "0:0:700") })
        #expect(database.packages[0].files.map { $0.path } == ["bin", "lib", "etc/group", "etc/passwd"])
        #expect(database.packages[0].files[0].owners == "0:0:777")
        #expect(database.packages[0].folders.contains { $0 == ("tmp", "0:0:1777") })
        let checksum = try #require(busybox.field("C"))
        #expect(try place.text("\(path)/usr/lib/apk/db/triggers") == "\(checksum) /bin /usr/bin\n")
        #expect(try place.text("\(path)/etc/apk/world") == "base\nbusybox>1.2\n")
        #expect(try place.text("\(path)/etc/apk/arch") == "x86_64\n")
        var scripts = TarReader(MemorySource(try Files.readAll("\(path)/usr/lib/apk/db/scripts.tar", limit: 1 << 20)), name: "scripts.tar")
        #expect(try scripts.next()?.path == "busybox-1.36-r2.\(checksum).post-install")
        #expect(try scripts.next()?.path == "busybox-1.36-r2.\(checksum).trigger")
        #expect(try scripts.next() == nil)
    }

    @Test func theSameLockGivesTheSameRootAnywhere() throws {
        try publishBoth()
        let other = try TestPlace()
        try other.publish([Self.base, Self.busybox])
        var environment = place.environment(["busybox"])
        environment.users = [.init(name: "build", number: 1_000)]
        let (one, two) = (try place.root(environment), try other.root(environment))
        #expect(one.digest == two.digest)
        #expect(try TestPlace.listing(one.path) == TestPlace.listing(two.path))
        #expect(try TestPlace.listing(one.path).count > 30)
    }

    @Test func ownersAndAttributesAreKeptWhereTheyMayBeSet() throws {
        try place.publish([TestPackage("a", [("f", .owned("1"))])])
        let path = try place.root(place.environment(["a"])).path
        let status = try Files.status("\(path)/f")
        let expected = UserName.number == 0 ? 12 : UInt32(UserName.number)
        #expect([status.owner, status.permissions] == [expected, 0o640])
        #expect(try place.text("\(path)/lib/apk/db/installed").contains("F:\nR:f\na:12:12:640\n"))
        // A file system without such attributes keeps none.
        let probe = try Files.open(place("probe"), [.write, .create])
        let takesAttributes = (try? ExtendedAttribute(name: "user.test", value: [1]).set(on: probe)) != nil
        #expect(try Files.open("\(path)/f").hasExtendedAttributes() == takesAttributes)
    }

    @Test func repositoriesWithoutTheArchitectureAreEmpty() throws {
        try publishBoth()
        let other = try #require(Architecture("riscv64"))
        let error = failure {
            try place.builder.resolve(place.environment(["base"]), architecture: other, local: [place.local], context: place.context)
        }
        #expect(error.failureClass == .unsatisfiable)
        #expect(place.log == ["packages has no packages for riscv64"])
    }

    @Test func repositoriesOfThisMachineWinAndTaggedOnesMustBeAskedFor() throws {
        let builder = PackageEnvironmentBuilder(cache: place("cache"), allowsUntrusted: true)
        try place.publish([TestPackage("a", version: "1-r0", [("f", .file("1"))])])
        for (folder, version) in [("plain", "2-r0"), ("edge", "3-r0")] {
            let packages = [TestPackage("a", version: version), TestPackage("b", version: version)]
            for package in packages { try place.write(package.bytes, to: "\(folder)/x86_64/\(package.fileName)") }
            try place.write(try TestPackage.index(of: packages), to: "\(folder)/x86_64/APKINDEX.tar.gz")
        }
        let repositories = [
            PackageEnvironment.Repository(address: place("plain")), PackageEnvironment.Repository(address: place("edge"), tag: "edge"),
        ]
        func resolved(_ packages: [String], _ local: [LocalRepository]) throws -> EnvironmentLock {
            let environment = PackageEnvironment(repositories: repositories, keys: [], packages: packages)
            let architecture = try #require(Architecture("x86_64"))
            return try builder.resolve(environment, architecture: architecture, local: local, context: place.context)
        }
        let mixed = try resolved(["a", "b"], [place.local])
        #expect(mixed.packages.map { "\($0.fileName) \($0.repository)" } == ["a-1-r0.apk local:packages", "b-2-r0.apk \(place("plain"))"])
        #expect(try resolved(["a"], []).packages.map(\.version) == ["2-r0"])
        let tagged = try resolved(["a@edge"], [])
        #expect(tagged.packages.map(\.version) == ["3-r0"])
        let root = try builder.root(for: tagged, context: place.context).path
        #expect(try place.text("\(root)/etc/apk/repositories") == "\(place("plain"))\n@edge \(place("edge"))\n")
        #expect(try place.text("\(root)/etc/apk/world") == "a@edge\n")
    }

    @Test func rootsThatSharePackagesDoNotWaitForEachOther() async throws {
        try publishBoth()
        let (builder, local) = (place.builder, place.local)
        let lock = try builder.resolve(
            place.environment(["busybox"]), architecture: try #require(Architecture("x86_64")), local: [local], context: place.context)
        let locks = (0..<6).map { number in
            with(lock) {
                $0.world = ["\(number)"]
                if number % 2 == 0 { $0.packages.reverse() }
            }
        }
        let digests = try await withThrowingTaskGroup(of: String.self) { group in
            for lock in locks {
                group.addTask {
                    try builder.root(for: lock, local: [local], context: FetchContext(deadline: Clock.boottimeMilliseconds + 30_000)).digest
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(digests.count == 6)
    }

    @Test func aRootIsMadeOnce() throws {
        try publishBoth()
        let environment = place.environment(["busybox"])
        let first = try place.root(environment)
        // Nothing of it is needed any more.
        try Files.removeTree(place("cache/packages"))
        let again = try place.root(environment)
        #expect(again.path == first.path)
        #expect(place.log.filter { $0.hasPrefix("making a root") }.count == 1)
    }

    @Test func aLockIsInstalledWithoutIndexes() throws {
        try publishBoth()
        let lock = try place.builder.resolve(
            place.environment(["busybox"]), architecture: try #require(Architecture("x86_64")), local: [place.local], context: place.context
        )
        #expect(lock.packages.map(\.name) == ["base", "busybox"])
        #expect(lock.packages.map(\.repository) == ["local:packages", "local:packages"])
        try Files.removeTree(place("repository/x86_64/APKINDEX.tar.gz"))
        let read = try EnvironmentLock(json: lock.json)
        #expect(
            try Files.statusIfPresent("\(place.builder.root(for: read, local: [place.local], context: place.context).path)/usr/bin/su")
                != nil)
    }

    @Test func packagesAreSharedByRoots() throws {
        try publishBoth()
        let one = try place.root(place.environment(["busybox"]))
        let two = try place.root(place.environment(["busybox", "base"]))
        #expect(one.path != two.path)
        #expect(try Files.status("\(one.path)/usr/bin/su").inode == Files.status("\(two.path)/usr/bin/su").inode)
        #expect(place.log.filter { $0.hasPrefix("fetching") }.count == 2)
    }

    private func kept(_ package: TestPackage) throws -> String {
        let index = package.index
        let checksum = try ControlChecksum.bytes(of: String(index.prefix { $0 != "\n" }.dropFirst(2)))
        let hex = Hexadecimal.text(of: checksum)
        return place("cache/packages/\(hex.prefix(2))/\(hex)")
    }

    @Test func damagedFilesOfTheCacheAreFetchedAgain() throws {
        try publishBoth()
        let first = try TestPlace.listing(try place.root(place.environment(["busybox"])).path)
        let path = try kept(Self.busybox) + "/package.apk"
        var bytes = try Files.readAll(path, limit: 1 << 20)
        bytes[bytes.count / 2] ^= 1
        try Files.writeAtomically(bytes, to: path)
        try Files.removeTree(place("cache/roots"))
        #expect(try TestPlace.listing(try place.root(place.environment(["busybox"])).path) == first)
        #expect(place.log.contains { $0.hasPrefix("the kept file of busybox-1.36-r2.apk was damaged; fetching it again (") })
        #expect(try Files.readAll(path, limit: 1 << 20) == Self.busybox.bytes)
    }

    @Test func filesThatAreMissingInTheCacheAreLaidOutAgain() throws {
        try publishBoth()
        let first = try TestPlace.listing(try place.root(place.environment(["busybox"])).path)
        for (name, change) in [("0", "remove"), ("1", "mode")] {
            let file = try kept(Self.busybox) + "/files/\(name)"
            if change == "remove" { try Files.removeFile(file) } else { try Files.setPermissions(file, 0o600) }
            try Files.removeTree(place("cache/roots"))
            #expect(try TestPlace.listing(try place.root(place.environment(["busybox"])).path) == first, "\(change)")
        }
        #expect(place.log.filter { $0.hasPrefix("fetching") }.count == 2)
    }

    @Test func aRepositoryThatHasAnotherPackageIsRefused() throws {
        try publishBoth()
        var other = Self.busybox
        other.entries.append((path: "extra", entry: .file("x")))
        try place.write(other.bytes, to: "repository/x86_64/\(other.fileName)")
        let error = failure { try place.root(place.environment(["busybox"])) }
        #expect(error.failureClass == .badInput)
        #expect(error.message.contains("busybox-1.36-r2.apk: its control segment has the checksum Q1"))
        #expect(try Files.entries(of: place("cache/roots")).filter { !$0.isLock }.isEmpty)
        #expect(try Files.statusIfPresent(try kept(Self.busybox) + "/package.apk.partial") == nil)
        // Once it is right again, nothing of it is left.
        try publishBoth()
        _ = try place.root(place.environment(["busybox"]))
    }

    @Test func aPackageThatIsMissingIsNamed() throws {
        try publishBoth()
        try Files.removeFile(place("repository/x86_64/busybox-1.36-r2.apk"))
        let error = failure { try place.root(place.environment(["busybox"])) }
        #expect(error.failureClass == .badInput)
        #expect(error.message.contains("busybox-1.36-r2.apk: No such file"))
    }

    @Test func packagesThatDoNotGoTogetherAreRefused() throws {
        try place.publish([TestPackage("a", [("f", .file("1"))]), TestPackage("b", [("f", .file("2"))])])
        #expect(failure { try place.root(place.environment(["a", "b"])) }.message.contains("both have \"f\""))
        let missing = failure { try place.root(place.environment(["nothing"])) }
        #expect(missing.failureClass == .unsatisfiable)
        #expect(missing.message.contains("nothing"))
        #expect(failure { try place.root(place.environment(["a="])) }.failureClass == .badInput)
    }

    @Test func accountsAreAdded() throws {
        try publishBoth()
        var environment = place.environment(["busybox"])
        environment.users = [.init(name: "build", number: 1_000)]
        environment.groups = [.init(name: "build", number: 1_000, members: ["build"])]
        let root = try place.root(environment).path
        #expect(try place.text("\(root)/etc/passwd") == "root:x:0:0:root:/root:/bin/sh\nbuild:x:1000:1000:build:/home/build:/bin/sh\n")
        #expect(try place.text("\(root)/etc/group") == "root:x:0:\nbuild:x:1000:build\n")
        #expect(try Files.status("\(root)/home/build").type == .folder)
        // The package's own file is another one.
        #expect(try place.text("\(try place.root(place.environment(["busybox"])).path)/etc/group") == "root:x:0:\n")
    }

    @Test func signedRepositoriesNeedAKnownKey() throws {
        let key = try PrivateKey.generate(name: "test.rsa", bits: 2_048)
        let architecture = try #require(Architecture("x86_64"))
        try place.publish([Self.base], key: key)
        try place.write(Array(key.publicKey.pem.utf8), to: key.publicKey.name)
        var environment = PackageEnvironment(
            repositories: [.init(address: place("repository"))], keys: [place(key.publicKey.name)], packages: ["base"])
        let lock = try place.builder.resolve(environment, architecture: architecture, context: place.context)
        #expect(lock.keys.map(\.name) == [key.publicKey.name])
        let root = try place.builder.root(for: lock, context: place.context).path
        #expect(try place.text("\(root)/etc/apk/keys/\(key.publicKey.name)") == key.publicKey.pem)
        #expect(try place.text("\(root)/etc/apk/repositories") == "\(place("repository"))\n")
        // The answer that is kept is one for this key only.
        environment.keys = []
        let error = failure { try place.builder.resolve(environment, architecture: architecture, context: place.context) }
        #expect(error.failureClass == .badInput)
        #expect(error.message.contains("is none of the known keys"))
        let trusting = PackageEnvironmentBuilder(cache: place("cache"), allowsUntrusted: true)
        #expect(try trusting.resolve(environment, architecture: architecture, context: place.context).packages.count == 1)
        let other = try PrivateKey.generate(name: "test.rsa", bits: 2_048)
        try place.write(Array(other.publicKey.pem.utf8), to: key.publicKey.name)
        let changed = failure { try place.builder.root(for: with(lock) { $0.world = ["other"] }, context: place.context) }
        #expect(changed.message == "the key \(key.publicKey.name) is another than when the environment was resolved; resolve it anew")
    }

    private func with(_ lock: EnvironmentLock, _ change: (inout EnvironmentLock) -> Void) -> EnvironmentLock {
        var copy = lock
        change(&copy)
        return copy
    }

    @Test func aStopEndsEverything() throws {
        try publishBoth()
        let (readEnd, writeEnd) = try Descriptor.pipe()
        try writeEnd.writeAll([1])
        let lock = try place.builder.resolve(
            place.environment(["busybox"]), architecture: try #require(Architecture("x86_64")), local: [place.local], context: place.context
        )
        let context = FetchContext(deadline: Clock.boottimeMilliseconds + 60_000, stop: readEnd)
        let error = failure { try place.builder.root(for: lock, local: [place.local], context: context) }
        #expect(error.failureClass == nil)
        #expect(error.message == "stopped")
        let late = failure { try place.builder.root(for: lock, local: [place.local], context: FetchContext(deadline: 0)) }
        #expect(late.failureClass == .infrastructure)
    }

    @Test func attemptsAtTheSameTimeShareOneRoot() async throws {
        try publishBoth()
        let (builder, local) = (place.builder, place.local)
        let lock = try builder.resolve(
            place.environment(["busybox"]), architecture: try #require(Architecture("x86_64")), local: [local], context: place.context)
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try builder.root(for: lock, local: [local], context: FetchContext(deadline: Clock.boottimeMilliseconds + 60_000)).path
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(paths.count == 1)
        #expect(try Files.entries(of: place("cache/roots")).filter { !$0.isLock }.count == 1)
    }
}

extension FolderEntry {
    fileprivate var isLock: Bool { name?.hasSuffix(".lock") == true }
}

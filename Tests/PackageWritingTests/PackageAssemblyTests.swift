import AlpinePackage
import FarmModel
import HostSystem
import PackageFiles
import Synchronization
import TestSupport
import Testing

@testable import PackageWriting

@Suite struct PackageAssemblyTests {
    private let place: TemporaryFolder
    private let log = Log()

    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
    }

    init() throws {
        place = try TemporaryFolder()
        try place.makeFolder("out")
    }

    private func body(_ name: String, architecture: String = "x86_64") -> PackageBody {
        PackageBody(folder: name, name: name, version: "1.2-r3", architecture: architecture, origin: "hello", buildTime: 1_700_000_000)
    }

    private func assemble(
        _ bodies: [PackageBody], to repository: String = "repository", _ options: PackageAssembly.Options = .init(), isStopped: Bool = false
    ) throws(PackageFailure) -> [PackageRecord] {
        let log = log
        let assembly = PackageAssembly(
            outputs: place("out"), repository: place(repository), options: options,
            say: { line in log.lines.withLock { $0.append(line) } }, isStopped: { isStopped })
        return try assembly.assemble(bodies)
    }

    private func makeOutputs() throws {
        let program = ELFBuilder(interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libhello.so.1"])
        try place.write(program.bytes, to: "out/hello/usr/bin/hello", mode: 0o755)
        try place.write(ELFBuilder(libraryName: "libhello.so.1").bytes, to: "out/libhello/usr/lib/libhello.so.1", mode: 0o755)
    }

    @Test func aRepositoryOfOneBuild() throws {
        try makeOutputs()
        var options = PackageAssembly.Options()
        let key = try PrivateKey.generate(name: "test.rsa", bits: 1_024)
        options.signer = SegmentSigner(key: key)
        options.namespace = "wolfi"
        var main = body("hello")
        main.dependencies = ["zlib >= 1.3"]
        main.copyrights = [.init(license: "MIT"), .init(license: "ISC")]
        let records = try assemble([main, body("libhello"), body("hello-doc"), body("data", architecture: "noarch")], options)
        #expect(records.map(\.name) == ["hello", "libhello", "hello-doc", "data"])
        let needed = ["so-ver:libhello.so.1>=1.2-r3", "so:ld-linux-x86-64.so.2", "so:libhello.so.1", "zlib>=1.3"]
        #expect(records[0].dependencies.map(\.description) == needed)
        #expect(records[0].provides.map(\.description) == ["cmd:hello=1.2-r3"])
        #expect(records[0].license == "MIT AND ISC")
        #expect(records[0].maintainer == "wolfi")
        #expect(records[1].provides.map(\.description) == ["so-ver:libhello.so.1=1.2-r3", "so:libhello.so.1=1"])
        let files = try Files.entries(of: place("repository/x86_64")).compactMap(\.name)
        #expect(files == ["APKINDEX.tar.gz", "hello-1.2-r3.apk", "hello-doc-1.2-r3.apk", "libhello-1.2-r3.apk"])
        #expect(try Files.entries(of: place("repository/noarch")).compactMap(\.name) == ["APKINDEX.tar.gz", "data-1.2-r3.apk"])
        for name in files { #expect(try Files.status(place("repository/x86_64/\(name)")).permissions == 0o644) }
        let size = try Files.status(place("repository/x86_64/hello-1.2-r3.apk")).size
        #expect(records[0].size == size)
        try checkIndex(records.filter { $0.architecture == "x86_64" })
        #expect(log.lines.withLock { $0.contains("hello: needs so:libhello.so.1") })
    }

    private func checkIndex(_ records: [PackageRecord]) throws {
        let text = try place.python(
            """
            import tarfile
            tar = tarfile.open("repository/x86_64/APKINDEX.tar.gz", "r:gz", ignore_zeros=True)
            print(tar.extractfile("APKINDEX").read().decode(), end="")
            """)
        #expect(text == PackageIndex(packages: records).text)
        let parsed = try PackageIndex(parsing: Array(text.utf8))
        #expect(Set(parsed.packages.map(\.controlChecksum)) == Set(records.map(\.controlChecksum)))
    }

    @Test func theBillOfMaterialsIsInThePackage() throws {
        _ = try assemble([body("hello")])
        let text = try place.python(
            """
            import gzip, io, json, tarfile
            tar = tarfile.open("repository/x86_64/hello-1.2-r3.apk", "r:gz", ignore_zeros=True)
            print([m.name for m in tar])
            print(json.load(tar.extractfile("var/lib/db/sbom/hello-1.2-r3.spdx.json"))["spdxVersion"])
            """)
        let files = "['.PKGINFO', 'var', 'var/lib', 'var/lib/db', 'var/lib/db/sbom', 'var/lib/db/sbom/hello-1.2-r3.spdx.json']"
        #expect(text == "\(files)\nSPDX-2.3\n")
    }

    @Test func theSameOutputsGiveTheSameRepository() throws {
        try makeOutputs()
        let bodies = [body("hello"), body("libhello")]
        _ = try assemble(bodies, to: "a")
        var options = PackageAssembly.Options()
        options.processors = 1
        _ = try assemble(bodies, to: "b", options)
        for name in ["APKINDEX.tar.gz", "hello-1.2-r3.apk", "libhello-1.2-r3.apk"] {
            let first = try Files.readAll(place("a/x86_64/\(name)"), limit: 1 << 20)
            #expect(first == (try Files.readAll(place("b/x86_64/\(name)"), limit: 1 << 20)))
        }
    }

    @Test func lintErrorsFailTheBuild() throws {
        try place.write("content\n", to: "out/hello/dev/null")
        try place.write("content\n", to: "out/hello/opt/x")
        try place.write("content\n", to: "out/hello/usr/sbin/x")
        let error = #expect(throws: PackageFailure.self) { try assemble([body("hello")]) }
        #expect(error?.failureClass == .build)
        #expect(
            error?.message == """
                hello: dev: /dev/null is in /dev; let udev create devices, or remove it (and 2 more lint errors, see the log)
                """)
        #expect(log.lines.withLock { $0.contains { $0.hasPrefix("warning: hello: opt: /opt/x is in /opt;") } })
        var careless = body("hello")
        careless.disabledLinters = ["dev", "usrmerge", "debug"]
        #expect(try assemble([careless]).count == 1)
        #expect(log.lines.withLock { $0.contains("warning: hello: checks.disabled names \"debug\", which is no linter; remove it") })
    }

    @Test func brokenOutputsFailTheBuild() throws {
        _ = try place.python("import os; os.mkdir('out/hello'); os.mkfifo('out/hello/pipe')")
        let message = "hello-1.2-r3: /pipe is a named pipe, which packages cannot have; remove it"
        #expect(throws: PackageFailure(.build, message)) { try assemble([body("hello")]) }
        try place.link("out/linked", place("out/hello"))
        let error = #expect(throws: PackageFailure.self) { try assemble([body("linked")]) }
        #expect(error?.failureClass == .build)
        try place.write("content\n", to: "out/blocked/var/lib/db")
        let blocked = #expect(throws: PackageFailure.self) { try assemble([body("blocked")]) }
        #expect(blocked?.message.contains("/var/lib/db is no folder") == true)
    }

    @Test(arguments: [
        ("name", "", "is no package name"), ("name", "../x", "is no package name"), ("name", "-x", "is no package name"),
        ("name", "two words", "is no package name"), ("name", "line\nend", "is no package name"),
        ("name", String(repeating: "x", count: 300), "name"),
        ("version", "", "is no version"), ("version", "1/2", "is no version"), ("version", "latest", "is no version"),
        ("architecture", "", "is no architecture"), ("architecture", "..", "is no architecture"), ("folder", "", "is no folder"),
        ("folder", "../out", "is no folder"), ("folder", "/etc", "is no folder"), ("depend", "a b", "does not name a package"),
        ("provide", "", "does not name a package"), ("replace", "=1", "does not name a package"),
    ])
    func wrongDocuments(member: String, value: String, reason: String) {
        var wrong = body("hello")
        switch member {
        case "name": wrong.name = value
        case "version": wrong.version = value
        case "architecture": wrong.architecture = value
        case "folder": wrong.folder = value
        case "depend": wrong.dependencies = [value]
        case "provide": wrong.provides = [value]
        default: wrong.replaces = [value]
        }
        let error = #expect(throws: PackageFailure.self) { try assemble([wrong]) }
        #expect(error?.failureClass == .badInput)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("\n") == false)
    }

    @Test func twoPackagesOfOneName() throws {
        #expect(throws: PackageFailure(.badInput, "two packages are called hello; rename one")) {
            try assemble([body("hello"), body("hello")])
        }
        #expect(try assemble([body("hello"), body("hello", architecture: "aarch64")]).count == 2)
    }

    @Test func aStopEndsTheWork() {
        let error = #expect(throws: PackageFailure.self) { try assemble([body("hello")], isStopped: true) }
        #expect(error?.failureClass == .infrastructure)
        #expect((try? Files.entries(of: place("repository"))) == nil)
    }

    @Test func outputsThatAreNotThere() throws {
        try Files.removeFolder(place("out"))
        let error = #expect(throws: PackageFailure.self) { try assemble([body("hello")]) }
        #expect(error?.failureClass == .infrastructure)
    }

    @Test func aRepositoryThatCannotBeWritten() throws {
        try place.write("content\n", to: "repository")
        let error = #expect(throws: PackageFailure.self) { try assemble([body("hello")]) }
        #expect(error?.failureClass == .infrastructure)
    }
}

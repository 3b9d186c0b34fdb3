import AlpinePackage
import FarmModel
import HostSystem
import PackageFiles
import Testing

@testable import PackageRoots

@Suite struct LayoutTests {
    /// The paths of a layout of packages, with what is there.
    private func layout(_ packages: [TestPackage]) throws -> [String] {
        var layout = RootLayout()
        for package in packages {
            var reader = try PackageReader(try Descriptor.inMemory(package.bytes), name: package.fileName)
            var entries: [TarEntry] = []
            while let entry = try reader.next() { entries.append(entry) }
            let cached = CachedPackage(
                record: reader.record, control: reader.control, entries: entries, files: "",
                lock: try FileLock(path: "/dev/null"))
            try layout.add(reader.record, entries, fileNumber: cached.fileNumber)
        }
        return layout.tree.nodes.indices.dropFirst().map { index in
            let node = layout.tree[index]
            let owner = node.package.map { packages[$0].name } ?? "-"
            return switch node.content {
            case .folder: "\(layout.tree.path(of: index))/"
            case .link(let target): "\(layout.tree.path(of: index)) -> \(target) \(owner)"
            case .packaged(let package, let file): "\(layout.tree.path(of: index)) \(owner) \(packages[package].name):\(file)"
            case .written: "\(layout.tree.path(of: index)) written"
            }
        }.sorted()
    }

    @Test func foldersAreMergedAndMissingOnesMade() throws {
        let found = try layout([
            TestPackage("a", [("usr", .folder()), ("usr/a", .file("1"))]),
            TestPackage("b", [("usr", .folder()), ("usr/b/c/d", .file("2"))]),
        ])
        #expect(found == ["usr/", "usr/a a a:1", "usr/b/", "usr/b/c/", "usr/b/c/d b b:1"])
    }

    @Test func pathsGoThroughLinksOfEarlierPackages() throws {
        let base = TestPackage("base", [("lib", .link("usr/lib")), ("usr/lib", .folder()), ("bin", .link("/usr/bin"))])
        let found = try layout([base, TestPackage("b", [("lib", .folder()), ("lib/x", .file("1")), ("bin/y", .file("2"))])])
        #expect(
            found == ["bin -> /usr/bin base", "lib -> usr/lib base", "usr/", "usr/bin/", "usr/bin/y b b:2", "usr/lib/", "usr/lib/x b b:1"])
    }

    @Test func linksNeverLeadOutOfTheRoot() throws {
        let base = TestPackage("base", [("etc", .folder()), ("etc/up", .link("../../../..")), ("abs", .link("/../outside"))])
        let found = try layout([base, TestPackage("b", [("etc/up/x", .file("1")), ("abs/y", .file("2"))])])
        #expect(found.contains("x b b:0"))
        #expect(found.contains("outside/y b b:1"))
    }

    @Test(arguments: [
        ([("l", TestPackage.Entry.link("l"))], "l/x"), ([("l", .link("m")), ("m", .link("l"))], "l/x"), ([("l", .link("l/l/l"))], "l/x"),
        ([("l", .link("./l/../l"))], "l/x"),
    ])
    func circlesAreRefused(entries: [(String, TestPackage.Entry)], path: String) {
        let error = failure { try layout([TestPackage("base", entries), TestPackage("b", [(path, .file("1"))])]) }
        #expect(error.failureClass == .badInput)
        #expect(error.message.contains("a symbolic link to itself"), "\(error.message)")
    }

    @Test func whatIsNoFolderIsNone() {
        let base = TestPackage("base", [("f", .file("1")), ("l", .link("f"))])
        for path in ["f/x", "l/x"] {
            let error = failure { try layout([base, TestPackage("b", [(path, .file("1"))])]) }
            #expect(error.message == "b-1-r0: \"\(path)\" would lie beneath \"f\", which is no folder in base-1-r0")
        }
    }

    @Test func identicalFilesMayMeet() throws {
        let one = TestPackage("a", [("f", .file("same")), ("l", .link("t"))])
        #expect(try layout([one, TestPackage("b", [("f", .file("same")), ("l", .link("t"))])]) == ["f a a:0", "l -> t a"])
        let others: [(String, TestPackage.Entry)] = [
            ("f", .file("other")), ("f", .file("same", mode: 0o755)), ("f", .link("t")), ("f", .folder()), ("l", .link("u")),
            ("l", .file("t")),
        ]
        for (path, entry) in others {
            let error = failure { try layout([one, TestPackage("b", [(path, entry)])]) }
            #expect(error.failureClass == .badInput)
            #expect(error.message.contains(entry.isFolder ? "is no folder" : "b-1-r0 and a-1-r0 both have \"\(path)\""), "\(error.message)")
        }
    }

    @Test func foldersAreNotReplacedByFiles() {
        let error = failure {
            try layout([TestPackage("a", [("d/x", .file("1"))]), TestPackage("b", information: ["replaces = a"], [("d", .file("1"))])])
        }
        #expect(error.message.contains("both have \"d\""))
    }

    /// As apk: a package that replaces another takes its files, whatever the order, and the higher priority decides between two that do.
    @Test(
        arguments: [
            ([], ["replaces = a"], "b"), (["replaces = b"], [], "a"), (["replaces = b"], ["replaces = a"], "b"),
            (["replaces = b", "replaces_priority = 2"], ["replaces = a", "replaces_priority = 1"], "a"),
            (["replaces = b", "replaces_priority = 1"], ["replaces = a", "replaces_priority = 2"], "b"), ([], ["replaces = a<2"], "b"),
        ] as [([String], [String], String)])
    func replacedFilesBelongToWhoReplaces(first: [String], second: [String], winner: String) throws {
        let found = try layout([
            TestPackage("a", information: first, [("f", .file("1")), ("own", .file("x"))]),
            TestPackage("b", information: second, [("f", .file("2"))]),
        ])
        #expect(found == ["f \(winner) \(winner):0", "own a a:1"])
    }

    @Test func replacingAnotherVersionIsNoReplacement() {
        let error = failure {
            try layout([TestPackage("a", [("f", .file("1"))]), TestPackage("b", information: ["replaces = a>2"], [("f", .file("2"))])])
        }
        #expect(error.message.contains("neither says that it replaces the other"))
    }

    @Test func hardLinksAreTheFileThatTheyName() throws {
        let package = TestPackage("a", [("f", .file("1")), ("g", .hardLink("f")), ("h", .hardLink("g"))])
        #expect(try layout([package]) == ["f a a:0", "g a a:0", "h a a:0"])
    }

    @Test func pathsAreFoundThroughLinks() throws {
        var layout = RootLayout()
        try layout.addIfMissing("bin", .link(target: "usr/bin"))
        try layout.write([1], to: "usr/bin/busybox")
        try layout.addIfMissing("usr/bin/sh", .link(target: "/bin/busybox"))
        try layout.addIfMissing("round", .link(target: "round"))
        for path in ["bin/busybox", "bin/sh", "usr/bin/sh"] {
            let index = try #require(layout.tree.target(of: path))
            #expect(layout.tree.path(of: index) == "usr/bin/busybox")
        }
        for path in ["bin/ls", "nothing/at/all", "round", "usr/bin/.."] { #expect(layout.tree.target(of: path) == nil, "\(path)") }
    }
}

extension TestPackage.Entry {
    var isFolder: Bool { if case .folder = self { true } else { false } }
}

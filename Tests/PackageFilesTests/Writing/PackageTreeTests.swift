import FarmModel
import Glibc
import HostSystem
import PackageFiles
import TestSupport
import Testing

@Suite struct PackageTreeTests {
    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
        try place.makeFolder("out")
    }

    private func fault() throws -> String {
        let error = #expect(throws: FarmError.self) { try place.tree("out") }
        #expect(error?.status == .badInput)
        return error?.message ?? ""
    }

    @Test func foldersStandBeforeWhatIsInThem() throws {
        for name in ["b/z", "b/a/y", "b-c", "b.d/x", "a", "b/é"] { try place.write("content\n", to: "out/" + name) }
        try place.makeFolder("out/empty")
        try place.link("out/b/link", "../nowhere")
        let tree = try place.tree("out")
        #expect(tree.entries.map(\.path) == ["a", "b", "b/a", "b/a/y", "b/link", "b/z", "b/é", "b-c", "b.d", "b.d/x", "empty"])
        #expect(tree.installedSize == 6 * 8 + 10)
        #expect(tree.entries[4].content == .link(target: "../nowhere"))
    }

    @Test func modesAreKept() throws {
        try place.write("content\n", to: "out/program", mode: 0o4755)
        try place.makeFolder("out/tmp", mode: 0o1777)
        #expect(try place.tree("out").entries.map(\.mode) == [0o4755, 0o1777])
    }

    @Test func otherNamesOfAFileAreLinks() throws {
        try place.write("content\n", to: "out/m")
        try Files.makeFolder(place("out/a"))
        for name in ["out/a/first", "out/z"] { try Files.link(place("out/m"), to: place(name)) }
        try Files.link(place("out/m"), to: place("outside"))
        let tree = try place.tree("out")
        #expect(tree.entries.map(\.content) == [.folder, .file(size: 8), .hardLink(to: "a/first"), .hardLink(to: "a/first")])
        #expect(tree.installedSize == 8)
    }

    @Test func pipesAreRefused() throws {
        #expect(mkfifo(place("out/pipe"), 0o600) == 0)
        #expect(try fault() == "/pipe is a named pipe, which packages cannot have; remove it")
    }

    @Test func socketsAreRefused() throws {
        _ = try place.python("import socket; s = socket.socket(socket.AF_UNIX); s.bind('out/socket')")
        #expect(try fault() == "/socket is a socket, which packages cannot have; remove it")
    }

    @Test(arguments: ["b'out/\\xff'", "b'out/two\\nlines'", "b'out/\\x7f'"])
    func namesOfOneLineOnly(name: String) throws {
        _ = try place.python("open(\(name), 'w')")
        #expect(try fault().contains("is not UTF-8 text of one line"))
    }

    @Test func targetsOfOneLineOnly() throws {
        try place.link("out/link", "two\nlines")
        #expect(try fault() == "the target of the symbolic link /link is not UTF-8 text of one line; change it")
    }

    @Test(arguments: [".PKGINFO", ".SIGN.RSA.x", ".post-install", ".trigger"])
    func namesOfApkAreRefused(name: String) throws {
        try place.write("content\n", to: "out/" + name)
        #expect(try fault().hasPrefix("/\(name) has a name that apk takes for a part of the package itself"))
    }

    @Test(arguments: [".profile", "etc/.PKGINFO", "post-install"])
    func otherNamesAreNotRefused(name: String) throws {
        try place.write("content\n", to: "out/" + name)
        #expect(try place.tree("out").entries.last?.path == name)
    }

    @Test func depthIsLimited() throws {
        _ = try place.python(
            """
            import os
            os.chdir("out")
            for _ in range(200): os.mkdir("d"); os.chdir("d")
            """)
        #expect(try fault().contains("is deeper than 128 folders"))
    }

    @Test func linksOutAreNotFollowed() throws {
        try place.write("content\n", to: "secret")
        try place.link("out/link", place("secret"))
        try place.link("out/folder", place(""))
        let tree = try place.tree("out")
        #expect(tree.entries.count == 2)
        #expect(try tree.bytes(of: tree.entries[1], count: 100) == [])
    }

    @Test func attributesAreKept() throws {
        try place.write("content\n", to: "out/a")
        let isSupported =
            try place.python(
                """
                import os
                try: os.setxattr("out/a", "user.b", b"\\0two"); os.setxattr("out/a", "user.a", b"one"); print("yes")
                except OSError: print("no")
                """) == "yes\n"
        let attributes = try place.tree("out").entries[0].attributes
        let expected = [ExtendedAttribute(name: "user.a", value: Array("one".utf8)), .init(name: "user.b", value: [0] + Array("two".utf8))]
        #expect(attributes == (isSupported ? expected : []))
    }

    @Test func addedFilesFindTheirPlace() throws {
        try place.write("content\n", to: "out/var/lib/b")
        var tree = try place.tree("out")
        try tree.add([1], at: "var/lib/db/sbom/x")
        try tree.add([2, 3], at: "var/lib/a")
        try tree.add([4], at: "var/lib/b")
        #expect(
            tree.entries.map(\.path) == ["var", "var/lib", "var/lib/a", "var/lib/b", "var/lib/db", "var/lib/db/sbom", "var/lib/db/sbom/x"])
        #expect(tree.installedSize == 4)
        #expect(try tree.bytes(of: tree.entries[2], at: 1, count: 5) == [3])
        #expect(throws: FarmError.self) { try tree.added(at: "var/lib/a/b") }
    }

    @Test func aFileThatBecomesShorterIsNoticed() throws {
        try place.write([UInt8](repeating: 7, count: 3 << 20), to: "out/a")
        let tree = try place.tree("out")
        try Files.open(place("out/a"), [.write, .truncate]).close()
        let error = #expect(throws: FarmError.self) { try tree.open(tree.entries[0]).digest() }
        #expect(error?.message.contains("/a changed while") == true)
    }
}

extension PackageTree {
    fileprivate func added(at path: String) throws -> PackageTree {
        var tree = self
        try tree.add([], at: path)
        return tree
    }
}

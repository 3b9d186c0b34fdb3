import FarmModel
import FarmStore
import Glibc
import HostSystem
import TestSupport
import Testing

@Suite struct TreeReaderTests {
    private let farm: TestFarm
    private let hostile: HostileFolder

    init() throws {
        farm = try TestFarm()
        hostile = try HostileFolder()
    }

    private func read(_ folder: TemporaryFolder, limit: Int64 = .max) throws(TreeProblem) -> (tree: StoredTree, manifest: TreeManifest) {
        let session: BlobSession
        do throws(FarmError) { session = try farm.store.blobs.beginSession() } catch { throw .store(error) }
        var reader = TreeReader(session: session, byteLimit: limit)
        let opened: Descriptor
        do throws(SystemError) { opened = try folder.open() } catch { throw .system(error) }
        return try reader.read(opened)
    }

    private func problem() -> TreeProblem? {
        do throws(TreeProblem) {
            _ = try read(hostile.folder)
            return nil
        } catch {
            return error
        }
    }

    private func expectRefused(_ part: String, _ note: Comment? = nil) {
        guard case .refused(let message)? = problem() else {
            Issue.record("was not refused: \(note as Any)")
            return
        }
        #expect(message.contains(part), note)
    }

    @Test(arguments: [
        [("x", "/etc/passwd")], [("x", "/")], [("x", "..")], [("x", "../outside")], [("x", "d/../../outside")],
        [("x", "missing/../../outside")],
        [("a", "."), ("x", "a/..")], [("a", "."), ("x", "a/d/../../y")], [("a", "d"), ("x", "a/../..")],
        [("d/up", ".."), ("x", "d/up/..")], [("a", "b"), ("b", "c"), ("c", "../y"), ("x", "a")],
        [("a", "d/e"), ("d/e", "/tmp"), ("x", "a/y")],
        [("x", "./././../y")], [("d/x", "../../y")],
    ])
    func linksThatLeadOutAreRefused(links: [(String, String)]) throws {
        hostile.makeFolder("d")
        for (name, target) in links { hostile.link(name, to: target) }
        expectRefused("leads out of the tree")
        #expect(try Files.entries(of: farm.directory.path + "/blobs/sha256").isEmpty, "a refused tree leaves no blobs")
    }

    @Test(arguments: [
        [("x", "d")], [("x", "d/../d")], [("d/x", "..")], [("d/x", "../y")], [("x", "nowhere")], [("x", "x")], [("a", "b"), ("b", "a")],
        [("a", "."), ("x", "a/a/a/d")], [("d/up", ".."), ("x", "d/up/d")], [("x", "...")], [("x", "d//.//")],
    ])
    func linksThatStayInsideAreKept(links: [(String, String)]) throws {
        hostile.makeFolder("d")
        for (name, target) in links { hostile.link(name, to: target) }
        let manifest = try read(hostile.folder).manifest
        for (name, target) in links {
            #expect(manifest.entries.contains(TreeEntry(path: name, mode: 0o777, content: .link(target: target))))
        }
    }

    @Test func specialFilesAreRefused() throws {
        hostile.special("pipe", type: S_IFIFO)
        expectRefused("\"pipe\" is a named pipe")
        try Files.removeFile(hostile.folder("pipe"))
        hostile.special("plug", type: S_IFSOCK)
        expectRefused("\"plug\" is a socket")
    }

    @Test(.enabled(if: getuid() == 0, "only root can make devices")) func devicesAreRefused() throws {
        hostile.special("null", type: S_IFCHR, device: makedevice(1, 3))
        expectRefused("\"null\" is a device")
        try Files.removeFile(hostile.folder("null"))
        hostile.special("disk", type: S_IFBLK, device: makedevice(7, 0))
        expectRefused("\"disk\" is a device")
    }

    private func makedevice(_ major: dev_t, _ minor: dev_t) -> dev_t { major << 8 | minor }

    @Test func namesThatAreNotUTF8AreRefused() {
        hostile.file(bytes: [0x61, 0xff, 0x62])
        expectRefused("61ff62")
    }

    @Test func linksToNamesThatAreNotUTF8AreRefused() throws {
        let target: [CChar] = [-1, -2, 0]
        #expect(symlink(target, hostile.folder("x")) == 0)
        expectRefused("not UTF-8")
    }

    @Test func strangeNamesAreKept() throws {
        let names = ["new\nline", "tab\t", "quote\"", "back\\slash", "-rf", "\u{1b}[31mred", "ünïcödé", " "]
        for name in names { try hostile.file(name) }
        let manifest = try read(hostile.folder).manifest
        #expect(Set(manifest.entries.map(\.path)) == Set(names))
        #expect(TreeManifest(bytes: manifest.bytes) == manifest)
    }

    @Test func foldersMayNestOnlySoDeep() throws {
        hostile.nest(128)
        #expect(try read(hostile.folder).manifest.entries.count == 128)
        try Files.makeFolder(hostile.folder(Array(repeating: "d", count: 129).joined(separator: "/")))
        expectRefused("nested deeper than 128")
    }

    @Test func filesMayBeOnlySoLargeTogether() throws {
        try hostile.folder.write(String(repeating: "a", count: 600), to: "a")
        try hostile.folder.write(String(repeating: "b", count: 400), to: "b")
        #expect(try read(hostile.folder, limit: 1_000).tree.bytes == 1_000)
        #expect(throws: TreeProblem.tooLarge(limit: 999)) { try read(hostile.folder, limit: 999) }
    }

    @Test func theChoiceLeavesOutAndDoesNotEnter() throws {
        try hostile.file("keep/a")
        try hostile.file("leave/b")
        hostile.special("leave/pipe", type: S_IFIFO)
        let session = try farm.store.blobs.beginSession()
        var reader = TreeReader(session: session) { path, _ in path == "leave" ? .omitted : .taken }
        #expect(try reader.read(try hostile.folder.open()).manifest.entries.map(\.path) == ["keep", "keep/a"])
    }

    @Test func equalContentIsOneBlob() throws {
        try hostile.folder.write("same", to: "a")
        try hostile.folder.write("same", to: "b", mode: 0o755)
        let (tree, _) = try read(hostile.folder)
        #expect(tree.files == 2)
        #expect(tree.blobs.count == 2, "the file and the manifest")
        let blob = farm.store.blobs.path(Digest.of(Array("same".utf8)))
        let status = try Files.status(blob)
        #expect(status.permissions == 0o444)
        #expect(try read(hostile.folder).tree == tree)
        #expect(try Files.status(blob).inode == status.inode, "a blob is never replaced")
    }

    @Test func setUserBitsAreNotKept() throws {
        try hostile.file("a", mode: 0o6755)
        #expect(try read(hostile.folder).manifest.entries.map(\.mode) == [0o755])
    }

    /// As a user whom modes bind; root may read everything anyway.
    @Test func unreadableThingsAreReadAndKeepTheirModes() throws {
        let asRoot = try digestOfClosedFolder()
        let asUser = try concurrently(1) { _ in
            becomeFileUser(65_534)
            defer { becomeFileUser(getuid()) }
            return try digestOfClosedFolder()
        }
        #expect(asUser == [asRoot])
    }
}

private func digestOfClosedFolder() throws -> Digest {
    let (farm, hostile) = (try TestFarm(), try HostileFolder())
    try hostile.file("closed/a")
    try hostile.file("secret", mode: 0)
    hostile.makeFolder("empty", mode: 0o111)
    try Files.setPermissions(hostile.folder("closed"), 0)
    var reader = TreeReader(session: try farm.store.blobs.beginSession())
    let (tree, manifest) = try reader.read(try hostile.folder.open())
    #expect(manifest.entries.map(\.mode) == [0, 0o644, 0o111, 0])
    return tree.digest
}

/// setfsuid(2): the user as whom this thread alone walks files; root's special rights go with it. Not in the module of the C library.
private func becomeFileUser(_ user: uid_t) {
    guard let symbol = dlsym(nil, "setfsuid") else { return }
    _ = unsafeBitCast(symbol, to: (@convention(c) (uid_t) -> Int32).self)(user)
}

import FarmModel
import FarmStore
import HostSystem
import TestSupport
import Testing

@Suite struct TreeWriterTests {
    private let farm: TestFarm
    private let source: HostileFolder
    private let target: TemporaryFolder

    init() throws {
        farm = try TestFarm()
        source = try HostileFolder()
        target = try TemporaryFolder()
    }

    private func read(_ folder: TemporaryFolder) throws -> (tree: StoredTree, manifest: TreeManifest) {
        var reader = TreeReader(session: try farm.store.blobs.beginSession())
        return try reader.read(try folder.open())
    }

    private func write(_ manifest: TreeManifest) throws(FarmError) {
        let folder = try FarmError.wrap { () throws(SystemError) in try target.open() }
        try TreeWriter(blobs: farm.store.blobs, sourceDateEpoch: 1_000_000_000).write(manifest, into: folder)
    }

    private func fill() throws {
        try source.file("bin/tool", mode: 0o755)
        try source.file("share/doc/readme")
        try source.file("a-b")
        try source.file("a/b")
        source.makeFolder("empty", mode: 0o700)
        source.makeFolder("closed", mode: 0o500)
        source.link("bin/alias", to: "tool")
        source.link("dangling", to: "nowhere")
    }

    @Test func whatIsWrittenReadsAsTheSameTree() throws {
        try fill()
        let (tree, manifest) = try read(source.folder)
        #expect(try farm.store.blobs.manifest(tree.digest) == manifest)
        try write(manifest)
        #expect(try read(target).manifest == manifest)
        #expect(try target.text(of: "bin/tool") == "content of bin/tool")
        for entry in manifest.entries {
            let status = try Files.status(target(entry.path))
            #expect(status.modifiedNanoseconds == 1_000_000_000 * 1_000_000_000, "\(entry.path)")
            #expect(status.type == .symbolicLink || status.permissions == entry.mode, "\(entry.path)")
        }
    }

    @Test func changingWhatWasWrittenDoesNotReachTheStore() throws {
        try fill()
        let manifest = try read(source.folder).manifest
        try write(manifest)
        try target.write("changed", to: "bin/tool")
        let blob = farm.store.blobs.path(Digest.of(Array("content of bin/tool".utf8)))
        #expect(String(decoding: try Files.readAll(blob, limit: 100), as: UTF8.self) == "content of bin/tool")
    }

    /// Whoever can write to the target folder can plant links there before the writer comes.
    @Test(arguments: ["bin", "bin/tool", "bin/alias", "a", "a-b", "empty", "share/doc", "dangling"])
    func plantedLinksAreNotFollowed(name: String) throws {
        try fill()
        let manifest = try read(source.folder).manifest
        let outside = try TemporaryFolder()
        if let slash = name.lastIndex(of: "/") { try Files.makeFolders(target(String(name[..<slash]))) }
        try Files.makeSymbolicLink(target(name), target: name == "a-b" || name == "bin/tool" ? outside("file") : outside.path)
        let before = try Files.status(outside.path)
        #expect(failure { () throws(FarmError) in try write(manifest) } != nil)
        #expect(try Files.entries(of: outside.path).isEmpty)
        #expect(try Files.status(outside.path) == before)
    }

    /// A manifest is as trustworthy as whoever made it.
    @Test func aManifestThatWritesThroughItsOwnLinkIsRefused() throws {
        let outside = try TemporaryFolder()
        let session = try farm.store.blobs.beginSession()
        let digest = try session.add(Array("x".utf8))
        try session.publish()
        let manifest = TreeManifest(entries: [
            TreeEntry(path: "out", mode: 0o777, content: .link(target: outside.path)),
            TreeEntry(path: "out/file", mode: 0o644, content: .file(size: 1, digest: digest)),
        ])
        #expect(failure { () throws(FarmError) in try write(manifest) } != nil)
        #expect(try Files.entries(of: outside.path).isEmpty)
    }

    @Test func manifestsWithUnsafePathsAreNotRead() {
        for path in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "a\\u0000b"] {
            let line = #"{"mode":493,"path":"\#(path)","type":"folder"}"# + "\n"
            #expect(TreeManifest(bytes: Array(line.utf8)) == nil, "\(path)")
        }
    }
}

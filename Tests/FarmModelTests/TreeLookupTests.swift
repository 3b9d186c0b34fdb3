import FarmModel
import Testing

@Suite struct TreeLookupTests {
    private static let digest = Digest.of([UInt8]())

    private static func entry(_ path: String, _ content: TreeEntry.Content) -> TreeEntry {
        TreeEntry(path: path, mode: 0o644, content: content)
    }
    private static func file(_ path: String) -> TreeEntry { entry(path, .file(size: 0, digest: digest)) }
    private static func link(_ path: String, _ target: String) -> TreeEntry { entry(path, .link(target: target)) }

    private static let tree = TreeLookup(
        TreeManifest(entries: [
            file("a"), entry("dir", .folder), file("dir/b"), entry("dir/sub", .folder), file("dir/sub/c"), file("dir-x"), file("implied/f"),
            link("to-a", "a"), link("dir/up", "../a"), link("dir/sub/far", "../../to-dir/b"), link("to-dir", "dir"), link("out", "../x"),
            link("absolute", "/etc/passwd"), link("loop", "loop"), link("dot", "./dir/./sub"), link("dir/sub/out", "../../../a"),
        ]))

    @Test(arguments: [
        ("a", "a"), ("to-a", "a"), ("dir/up", "a"), ("dir/sub/far", "dir/b"), ("to-dir/sub/c", "dir/sub/c"), ("dot/c", "dir/sub/c"),
        ("implied/f", "implied/f"), ("dir-x", "dir-x"),
    ])
    func files(_ path: String, _ place: String) {
        #expect(Self.tree.find(path) == .file(Self.file(place)))
    }

    @Test(arguments: [("", ""), ("dir", "dir"), ("to-dir", "dir"), ("dot", "dir/sub"), ("implied", "implied")])
    func folders(_ path: String, _ place: String) {
        #expect(Self.tree.find(path) == .folder(place))
    }

    @Test(arguments: ["x", "a/b", "out", "absolute", "loop", "dir/sub/out", "di", "../a", "dir/../../a", "to-a/x"])
    func nothing(_ path: String) {
        #expect(Self.tree.find(path) == nil)
    }

    @Test func childrenComeInPages() {
        let names = ["absolute", "dir", "dir-x", "dot", "loop", "out", "to-a", "to-dir"]
        #expect(Self.tree.children(of: "", after: "", atMost: 99).map(\.path) == ["a"] + names)
        #expect(Self.tree.children(of: "", after: "a", atMost: 2).map(\.path) == ["absolute", "dir"])
        #expect(Self.tree.children(of: "", after: "dir", atMost: 2).map(\.path) == ["dir-x", "dot"])
        #expect(Self.tree.children(of: "", after: "zzz", atMost: 2).isEmpty)
        #expect(Self.tree.children(of: "dir", after: "", atMost: 99).map(\.path) == ["dir/b", "dir/sub", "dir/up"])
        #expect(Self.tree.children(of: "dir", after: "dir/b", atMost: 1).map(\.path) == ["dir/sub"])
        #expect(Self.tree.children(of: "dir", after: "zzz", atMost: 1).isEmpty)
        #expect(Self.tree.children(of: "dir", after: "a", atMost: 1).map(\.path) == ["dir/b"])
    }

    @Test func anEmptyTreeHasARoot() {
        #expect(TreeLookup(.empty).find("") == .folder(""))
        #expect(TreeLookup(.empty).children(of: "", after: "", atMost: 9).isEmpty)
    }
}

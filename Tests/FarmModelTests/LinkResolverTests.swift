import FarmModel
import Testing

@Suite struct LinkResolverTests {
    private func escaping(_ links: [String: String], folders: [String] = []) -> [String] {
        let entries =
            links.map { TreeEntry(path: $0.key, mode: 0o777, content: .link(target: $0.value)) }
            + folders.map { TreeEntry(path: $0, mode: 0o755, content: .folder) }
        var resolver = LinkResolver(TreeManifest(entries: entries))
        return resolver.escapingLinks()
    }

    @Test(arguments: [
        ("link", "/etc/passwd"), ("link", ".."), ("link", "a/../../x"), ("a/link", "../../x"), ("a/b/link", "../../../a"),
        ("link", "./../x"),
        ("link", "missing/../.."),
    ])
    func theseLeadOut(_ path: String, _ target: String) {
        #expect(escaping([path: target], folders: ["a", "a/b"]) == [path])
    }

    @Test(arguments: [
        ("link", "a"), ("link", "missing"), ("a/link", "../x"), ("a/b/link", "../../a/b"), ("link", "."), ("link", "missing/../a"),
        ("a/b/link", "../.."),
    ])
    func theseStay(_ path: String, _ target: String) {
        #expect(escaping([path: target], folders: ["a", "a/b"]).isEmpty)
    }

    @Test func linksAreFollowedThroughLinks() {
        #expect(escaping(["l": "a/b", "through": "l/../../x"], folders: ["a", "a/b"]).isEmpty)
        #expect(escaping(["l": "a/b", "through": "l/../../../x"], folders: ["a", "a/b"]) == ["through"])
        #expect(escaping(["up": "a", "a/l": "../up/../.."], folders: ["a"]) == ["a/l"])
        #expect(escaping(["x": "y", "y": "z", "z": "/"]) == ["x", "y", "z"])
    }

    /// A slash before a combining mark is a slash to the kernel.
    @Test func marksHideNoSlash() {
        #expect(escaping(["l": "../\u{301}x"]) == ["l"])
        #expect(escaping(["l": "/\u{301}etc"]) == ["l"])
        #expect(escaping(["a/\u{301}l": ".."]).isEmpty)
    }

    /// The kernel compares bytes: two names that look alike are two files.
    @Test func namesThatLookAlikeAreTwo() {
        let (composed, decomposed) = ("\u{E9}", "e\u{301}")
        let entries = [
            TreeEntry(path: "a/b/c", mode: 0o755, content: .folder), TreeEntry(path: decomposed, mode: 0o755, content: .folder),
            TreeEntry(path: composed, mode: 0o777, content: .link(target: "a/b/c")),
            TreeEntry(path: "in", mode: 0o777, content: .link(target: "\(composed)/../..")),
            TreeEntry(path: "out", mode: 0o777, content: .link(target: "\(decomposed)/../..")),
        ]
        var resolver = LinkResolver(TreeManifest(entries: entries))
        #expect(resolver.escapingLinks() == ["out"])
    }

    @Test func circlesEnd() {
        #expect(escaping(["a": "b", "b": "a", "self": "self/self", "c": "a/../.."]).isEmpty)
    }

    /// The time is that of reading the text once, however the links lead through each other.
    @Test func manyLongLinksAreNoBurden() {
        var links: [String: String] = [:]
        for number in 0..<20_000 { links["l\(number)"] = String(repeating: "a/../", count: 200) + "l\(number + 1)" }
        let found = escaping(links, folders: ["a"])
        // Only what is too deep for any kernel is taken for outside.
        #expect(found.count < links.count)
    }
}

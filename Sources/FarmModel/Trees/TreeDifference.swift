/// A path at which two trees differ.
public struct TreeDifference: Sendable, Hashable {
    /// The entry of the first tree; nil if only the second has the path.
    public var old: TreeEntry?
    /// The entry of the second tree.
    public var new: TreeEntry?

    /// The path.
    public var path: String { (old ?? new)?.path ?? "" }

    /// True if nothing but the permission bits differs.
    public var isModeOnly: Bool {
        guard let old, let new else { return false }
        return old.content == new.content
    }

    /// The differences between two trees, sorted bytewise by path.
    public static func between(_ old: TreeManifest, _ new: TreeManifest) -> [TreeDifference] {
        var differences: [TreeDifference] = []
        var (left, right) = (old.entries[...], new.entries[...])
        while !left.isEmpty || !right.isEmpty {
            let first = takeFirst(&left, &right)
            if first.old != first.new { differences.append(first) }
        }
        return differences
    }

    /// Takes the entries of the smallest path off both lists.
    private static func takeFirst(_ left: inout ArraySlice<TreeEntry>, _ right: inout ArraySlice<TreeEntry>) -> TreeDifference {
        guard let old = left.first else { return TreeDifference(old: nil, new: right.popFirst()) }
        guard let new = right.first else { return TreeDifference(old: left.popFirst(), new: nil) }
        if old.path == new.path { return TreeDifference(old: left.popFirst(), new: right.popFirst()) }
        let isOldFirst = old.path.utf8.lexicographicallyPrecedes(new.path.utf8)
        return isOldFirst ? TreeDifference(old: left.popFirst(), new: nil) : TreeDifference(old: nil, new: right.popFirst())
    }

    /// The difference as records have it: `path`, and `old` and `new` where there is one.
    public var json: JSONObject {
        var object: JSONObject = ["path": .string(path)]
        object.add("old", old.map { .object($0.facts) })
        object.add("new", new.map { .object($0.facts) })
        return object
    }

    /// One line for people, for instance `bin/tool: file 0755 12 B sha256:0123… → file 0755 14 B sha256:4567…`.
    public var text: String { "\(path): \(old?.summary ?? "nothing") → \(new?.summary ?? "nothing")" }
}

extension TreeEntry {
    /// What an entry is, without its path, as records have it.
    var facts: JSONObject {
        var object = JSONObject()
        let mode = ("mode", JSONValue.string(String(self.mode, radix: 8)))
        switch content {
        case .file(let size, let digest):
            object.add("type", "file")
            object.add(mode.0, mode.1)
            object.add("bytes", size)
            object.add("digest", digest.description)
        case .folder:
            object.add("type", "folder")
            object.add(mode.0, mode.1)
        case .link(let target):
            object.add("type", "link")
            object.add("target", target)
        }
        return object
    }

    fileprivate var summary: String {
        let mode = "0" + String(self.mode, radix: 8)
        switch content {
        case .file(let size, let digest): return "file \(mode) \(SizeText.text(bytes: size)) sha256:\(digest.hex.prefix(12))…"
        case .folder: return "folder \(mode)"
        case .link(let target): return "link to \(target)"
        }
    }
}

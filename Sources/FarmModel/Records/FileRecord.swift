/// An entry of a tree as tools and servers show it.
public struct FileRecord: Sendable, Equatable {
    /// The entry.
    public var entry: TreeEntry
    /// Its tree.
    public var tree: Digest
    /// The job that made the tree, where that is known.
    public var job: JobID?

    /// Creates a record.
    public init(_ entry: TreeEntry, tree: Digest, job: JobID?) {
        self.entry = entry
        self.tree = tree
        self.job = job
    }

    /// `file`, `folder` or `link`.
    public var type: String {
        switch entry.content {
        case .file: "file"
        case .folder: "folder"
        case .link: "link"
        }
    }

    /// The permission bits in octal digits.
    public var mode: String { String(entry.mode, radix: 8) }

    /// The `file` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "file", "tree": .string(tree.description)]
        object.add("job", job?.description)
        object.add("path", entry.path)
        object.add("type", type)
        object.add("mode", mode)
        switch entry.content {
        case .file(let size, let digest):
            object.add("bytes", size)
            object.add("digest", digest.description)
        case .link(let target): object.add("target", target)
        case .folder: break
        }
        return object
    }
}

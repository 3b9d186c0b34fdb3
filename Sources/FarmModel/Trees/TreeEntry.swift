/// One entry of a tree.
public struct TreeEntry: Sendable, Hashable {
    /// What the entry is.
    public enum Content: Sendable, Hashable {
        /// A file: its size in bytes and the digest of its bytes.
        case file(size: Int64, digest: Digest)
        /// A folder.
        case folder
        /// A symbolic link and what it says.
        case link(target: String)
    }

    /// Relative to the tree's root, without `.` or `..` parts.
    public var path: String
    /// The permission bits, `mode & 0o777`; 0o777 for links.
    public var mode: UInt32
    /// What it is.
    public var content: Content

    /// Creates an entry.
    public init(path: String, mode: UInt32, content: Content) {
        self.path = path
        self.mode = content.isLink ? 0o777 : mode & 0o777
        self.content = content
    }

    /// The entry as one canonical JSON object: keys sorted, no spaces.
    var json: JSONValue {
        var object: JSONObject = ["mode": .int(Int64(mode)), "path": .string(path)]
        switch content {
        case .file(let size, let digest):
            object.add("sha256", digest.hex)
            object.add("size", size)
            object.add("type", "file")
        case .folder: object.add("type", "folder")
        case .link(let target):
            object.add("target", target)
            object.add("type", "link")
        }
        return .object(object)
    }

    /// Reads ``json``; nil if it is anything else, or if the path could lead out of a tree.
    init?(json: JSONValue) {
        guard let path = json["path"]?.string, Self.isSafe(path), let mode = json["mode"]?.int, (0...0o777).contains(mode) else {
            return nil
        }
        switch json["type"]?.string {
        case "file":
            guard let digest = json["sha256"]?.string.flatMap({ Digest($0) }), let size = json["size"]?.int, size >= 0 else { return nil }
            self.init(path: path, mode: UInt32(mode), content: .file(size: size, digest: digest))
        case "folder": self.init(path: path, mode: UInt32(mode), content: .folder)
        case "link":
            guard let target = json["target"]?.string else { return nil }
            self.init(path: path, mode: UInt32(mode), content: .link(target: target))
        default: return nil
        }
    }

    /// True for a relative path whose parts are all real names.
    public static func isSafe(_ path: String) -> Bool {
        path.hasOnlyPathNames && !path.utf8.contains(0)
    }
}

extension TreeEntry.Content {
    var isLink: Bool { if case .link = self { true } else { false } }
}

/// Paths as text, taken apart byte by byte as the kernel does: to Swift's `split` a slash before a combining mark is no slash.
public enum PathText {
    private static let slash = UInt8(ascii: "/")

    /// The path of the folder a path is in: empty for a bare name, `/` for what is in the root.
    public static func parent(of path: String) -> String {
        let trimmed = withoutTrailingSlashes(path.utf8[...])
        guard let end = trimmed.lastIndex(of: slash) else { return "" }
        let parent = withoutTrailingSlashes(trimmed[..<end])
        return parent.isEmpty ? "/" : String(Substring(parent))
    }

    /// What stands after the last slash.
    public static func lastPart(of path: String) -> String {
        let trimmed = withoutTrailingSlashes(path.utf8[...])
        guard let end = trimmed.lastIndex(of: slash) else { return String(Substring(trimmed)) }
        return String(Substring(trimmed[trimmed.index(after: end)...]))
    }

    /// `name` in `folder`; the name alone where the folder is empty.
    public static func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.utf8.last == slash ? folder + name : "\(folder)/\(name)"
    }

    private static func withoutTrailingSlashes(_ path: Substring.UTF8View) -> Substring.UTF8View {
        guard let last = path.lastIndex(where: { $0 != slash }) else { return path[..<path.startIndex] }
        return path[...last]
    }
}

extension String {
    /// The longest prefix of whole characters with at most that many bytes.
    func utf8Prefix(_ limit: Int) -> String {
        var size = 0
        return String(
            prefix { character in
                size += character.utf8.count
                return size <= limit
            })
    }
}

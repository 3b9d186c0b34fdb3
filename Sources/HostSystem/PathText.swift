/// Paths as text.
enum PathText {
    /// The path of the folder a path is in: empty for a bare name, `/` for what is in the root.
    static func parent(of path: String) -> String {
        let trimmed = withoutTrailingSlashes(path)
        guard let slash = trimmed.lastIndex(of: "/") else { return "" }
        let parent = withoutTrailingSlashes(trimmed[..<slash])
        return parent.isEmpty ? "/" : String(parent)
    }

    /// What stands after the last slash.
    static func lastPart(of path: String) -> String {
        let trimmed = withoutTrailingSlashes(path)
        guard let slash = trimmed.lastIndex(of: "/") else { return String(trimmed) }
        return String(trimmed[trimmed.index(after: slash)...])
    }

    /// `name` in `folder`; the name alone where the folder is empty.
    static func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    private static func withoutTrailingSlashes(_ path: some StringProtocol) -> Substring {
        var result = Substring(path)
        while result.hasSuffix("/") { result = result.dropLast() }
        return result
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

internal import FarmModel

extension NodeReader {
    /// A path below some folder, without `.` parts; nil for the folder itself.
    package mutating func relativePath(_ fields: DocumentNode, _ key: String) -> String? {
        guard let node = fields[key], let text = string(node, key, rule: .path) else { return nil }
        guard let parts = parts(ofRelative: text) else {
            expected("a relative path without \"..\"", node, key)
            return nil
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    /// An absolute path other than `/`, without `.` parts.
    package mutating func absolutePath(_ node: DocumentNode, _ key: String) -> String? {
        guard let text = string(node, key, rule: .path) else { return nil }
        guard text.isAbsolutePath, let parts = parts(ofRelative: Substring(text.utf8.dropFirst())), !parts.isEmpty else {
            expected("an absolute path below / without \"..\"", node, key)
            return nil
        }
        return "/" + parts.joined(separator: "/")
    }

    /// A glob below some folder.
    package mutating func glob(_ node: DocumentNode, _ key: String) -> String? {
        guard let text = string(node, key, rule: .path) else { return nil }
        guard parts(ofRelative: text) != nil else {
            expected("a relative glob without \"..\"", node, key)
            return nil
        }
        return text
    }

    /// The globs of a list.
    package mutating func globs(_ fields: DocumentNode, _ key: String) -> [String] {
        var globs: [String] = []
        for node in elements(fields, key) {
            if let glob = glob(node, key) { globs.append(glob) }
        }
        return globs
    }

    /// The parts that are names; nil if the path leaves its folder.
    private func parts(ofRelative path: some StringProtocol) -> [String]? {
        guard !path.isAbsolutePath else { return nil }
        let parts = path.pathNames().filter { $0 != "." }
        return parts.contains("..") ? nil : parts.map { String($0) }
    }
}

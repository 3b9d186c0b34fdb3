/// Paths of packages as text: relative, without slashes at their ends.
enum FilePath {
    /// The folder that something is in; empty at the top.
    static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[..<slash])
    }

    /// The last part.
    static func name(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// What follows the last full stop of the name, with it; empty if there is none.
    static func suffix(of path: String) -> String {
        let name = name(of: path)
        guard let stop = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
        return String(name[stop...])
    }

    /// Whether the path is that of the folder or of something below it.
    static func isPath(_ path: String, in folder: String) -> Bool {
        path.utf8.starts(with: folder.utf8)
            && (path.utf8.count == folder.utf8.count || path.utf8.dropFirst(folder.utf8.count).first == 0x2F)
    }

    /// What a symbolic link at `path` leads to, an absolute target being one of the package; nil if that is outside.
    static func resolved(_ target: String, from path: String) -> String? {
        var parts = target.utf8.first == UInt8(ascii: "/") ? [] : parent(of: path).split(separator: "/").map(String.init)
        for part in target.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }
}

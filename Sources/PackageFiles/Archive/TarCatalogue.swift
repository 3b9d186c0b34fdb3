internal import FarmModel

/// What stood in an archive so far, by path: decides whether the next entry fits to it.
struct TarCatalogue {
    private enum Kind {
        case folder, file, link
    }

    /// Bytes of all paths together, those of folders that only stand in longer paths included.
    private static let sizeLimit = 256 << 20

    /// Names are bytes here: two that look alike are two files.
    private var kinds: [[UInt8]: Kind] = [:]
    private var size = 0

    /// Adds an entry.
    /// - Throws: if its path stood before, unless both are folders; if it lies beneath something that is no folder; if it is a hard link to
    ///   anything but a file that stood before.
    mutating func add(_ path: String, _ content: TarEntry.Content) throws(TarProblem) {
        try addParents(of: path)
        if case .hardLink(let target) = content, kinds[Array(target.utf8)] != .file {
            throw problem(path, "is a hard link to \(TarPath.shown(target.utf8)), which is no file that stood before it")
        }
        let key = Array(path.utf8)
        let kind = Self.kind(of: content)
        if let known = kinds[key], known != .folder || kind != .folder { throw problem(path, "stands in it twice") }
        try note(key, kind)
    }

    /// Goes up only as far as nothing is known, so that all entries together cost what their paths are long.
    private mutating func addParents(of path: String) throws(TarProblem) {
        var rest = path.utf8[...]
        while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            switch kinds[Array(rest)] {
            case .folder: return
            case .file, .link: throw problem(path, "lies beneath \(TarPath.shown(rest)), which is no folder")
            case nil: try note(Array(rest), .folder)
            }
        }
    }

    private mutating func note(_ path: [UInt8], _ kind: Kind) throws(TarProblem) {
        size += path.count
        guard size <= Self.sizeLimit else { throw .refused("its paths have more than \(Self.sizeLimit) bytes together") }
        kinds[path] = kind
    }

    private static func kind(of content: TarEntry.Content) -> Kind {
        switch content {
        case .folder: .folder
        case .file, .hardLink: .file
        case .symbolicLink: .link
        }
    }

    private func problem(_ path: String, _ reason: String) -> TarProblem {
        TarProblem.refused("\(TarPath.shown(path.utf8)) \(reason)")
    }
}

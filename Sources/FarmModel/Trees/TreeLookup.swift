/// Finds what a path means in a tree, as the kernel would: through symbolic links, but never out of the tree.
public struct TreeLookup: Sendable {
    /// What a path leads to.
    public enum Place: Sendable, Equatable {
        /// A file, at its own path.
        case file(TreeEntry)
        /// A folder, by its own path; empty for the root.
        case folder(String)
    }

    /// As many links as Linux follows for one path.
    private static let linkLimit = 40

    private let entries: [TreeEntry]

    /// Prepares to look into a tree.
    public init(_ manifest: TreeManifest) { entries = manifest.entries }

    /// What a relative path leads to; nil if nothing is there, or if it leads out.
    public func find(_ path: String) -> Place? {
        var rest = Array(path.pathNames().reversed())
        var place: [Substring] = []
        var links = 0
        while let name = rest.popLast() {
            if name.utf8.elementsEqual(".".utf8) { continue }
            if name.utf8.elementsEqual("..".utf8) {
                guard place.popLast() != nil else { return nil }
                continue
            }
            let next = place + [name]
            let path = next.joined(separator: "/")
            switch entry(at: path)?.content {
            case .folder: place = next
            case .file: return rest.isEmpty ? entry(at: path).map(Place.file) : nil
            case .link(let target):
                links += 1
                guard links <= Self.linkLimit, !target.isAbsolutePath else { return nil }
                rest += target.pathNames().reversed()
            case nil:
                // A folder may be there only for what is in it.
                guard !indices(below: path).isEmpty else { return nil }
                place = next
            }
        }
        return .folder(place.joined(separator: "/"))
    }

    /// The entries right in a folder, sorted bytewise, that come after a path; an empty path is before all.
    public func children(of folder: String, after path: String, atMost limit: Int) -> [TreeEntry] {
        let range = folder.isEmpty ? entries.indices : indices(below: folder)
        let start = path.isEmpty ? range.lowerBound : max(range.lowerBound, firstIndex { Self.isBefore(path, $0) })
        let depth = folder.pathNames().count + 1
        return Array(
            entries[min(start, range.upperBound)..<range.upperBound].lazy.filter { $0.path.pathNames().count == depth }.prefix(limit))
    }

    private func entry(at path: String) -> TreeEntry? {
        let index = firstIndex { !Self.isBefore($0, path) }
        return index < entries.count && entries[index].path.utf8.elementsEqual(path.utf8) ? entries[index] : nil
    }

    /// Everything beneath a path.
    private func indices(below path: String) -> Range<Int> {
        let start = firstIndex { !Self.isBefore($0, path + "/") }
        // A zero is the next character after a slash.
        return start..<max(start, firstIndex { !Self.isBefore($0, path + "0") })
    }

    private static func isBefore(_ path: String, _ entry: TreeEntry) -> Bool { path.utf8.lexicographicallyPrecedes(entry.path.utf8) }

    private static func isBefore(_ entry: TreeEntry, _ path: String) -> Bool { entry.path.utf8.lexicographicallyPrecedes(path.utf8) }

    /// The first entry for which a condition holds that then holds for all later ones too.
    private func firstIndex(where condition: (TreeEntry) -> Bool) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(entries[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

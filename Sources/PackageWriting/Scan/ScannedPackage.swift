internal import FarmModel
internal import PackageFiles

/// A package that is made, with what is known of its files.
struct ScannedPackage: Sendable {
    /// What was asked for.
    let body: PackageBody
    /// Its files.
    let tree: PackageTree
    /// The ELF files among them, by path.
    let objects: [String: ELFObject]
    private let places: [String: Int]

    private static let linkLimit = 16

    /// Looks at all files.
    /// - Throws: `inputOutput` if one cannot be read.
    init(_ body: PackageBody, _ tree: PackageTree) throws(FarmError) {
        self.body = body
        self.tree = tree
        places = Dictionary(tree.entries.indices.map { (tree.entries[$0].path, $0) }) { first, _ in first }
        var objects: [String: ELFObject] = [:]
        for entry in tree.entries where entry.isFile {
            if let object = try ELFReader.object(in: try tree.open(entry)) { objects[entry.path] = object }
        }
        for entry in tree.entries {
            if case .hardLink(let first) = entry.content { objects[entry.path] = objects[first] }
        }
        self.objects = objects
    }

    /// The entry at a path.
    func entry(at path: String) -> PackageTree.Entry? { places[path].map { tree.entries[$0] } }

    /// The ELF file that a path leads to over symbolic links within the package.
    func object(at path: String) -> ELFObject? {
        var path = path
        for _ in 0..<Self.linkLimit {
            guard case .link(let target)? = entry(at: path)?.content else { return objects[path] }
            guard let next = FilePath.resolved(target, from: path) else { return nil }
            path = next
        }
        return nil
    }

    /// The beginning of a file as text; bytes that are no UTF-8 are replaced.
    func text(of entry: PackageTree.Entry, limit: Int) throws(FarmError) -> String {
        String(decoding: try tree.bytes(of: entry, count: limit), as: UTF8.self)
    }
}

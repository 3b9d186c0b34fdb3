/// Finds symbolic links that lead out of their tree, as the kernel would follow them: through other links, and with `..` taken after
/// the link before it was followed.
///
/// What a link has been found to lead to is remembered, so the work is proportional to the text of all links.
public struct LinkResolver {
    /// Names are bytes here: two that look alike are two files.
    private struct Place: Hashable {
        var folder: Int
        var name: [UInt8]

        init(folder: Int, name: Substring) {
            self.folder = folder
            self.name = Array(name.utf8)
        }
    }

    private enum Node {
        case folder
        case link(target: String)
    }

    private enum End {
        /// A folder of the tree, and so many steps beneath it that nothing is known of.
        case inside(Int, steps: Int)
        /// A circle, which nobody can follow.
        case nowhere
        case outside
    }

    /// As many links within links as Linux follows before it gives up. What lies deeper is taken for outside, as nobody can follow it.
    private static let depthLimit = 40
    private static let root = 0

    private var nodes: [Node] = [.folder]
    private var parents: [Int] = [root]
    private var children: [Place: Int] = [:]
    /// The links with their paths, in the order of the manifest.
    private var links: [(path: String, node: Int)] = []
    private var ends: [Int: End] = [:]

    /// Learns the folders and links of a tree.
    public init(_ manifest: TreeManifest) {
        guard manifest.entries.contains(where: { $0.content.isLink }) else { return }
        for entry in manifest.entries { add(entry) }
    }

    /// The paths of all links that lead out, in the order of the manifest. A link in a circle does not; what is missing is taken for a
    /// folder.
    public mutating func escapingLinks() -> [String] {
        var found: [String] = []
        for link in links {
            if case .outside = end(of: link.node, depth: 0) { found.append(link.path) }
        }
        return found
    }

    /// Files are left out: they are like what is missing.
    private mutating func add(_ entry: TreeEntry) {
        let node: Node
        switch entry.content {
        case .file: return
        case .folder: node = .folder
        case .link(let target): node = .link(target: target)
        }
        var parent = Self.root
        let parts = entry.path.pathNames()
        for part in parts.dropLast() { parent = children[Place(folder: parent, name: part)] ?? insert(.folder, part, in: parent) }
        guard let name = parts.last else { return }
        let added = insert(node, name, in: parent)
        if entry.content.isLink { links.append((entry.path, added)) }
    }

    private mutating func insert(_ node: Node, _ name: Substring, in parent: Int) -> Int {
        children[Place(folder: parent, name: name)] = nodes.count
        nodes.append(node)
        parents.append(parent)
        return nodes.count - 1
    }

    private mutating func end(of node: Int, depth: Int) -> End {
        guard case .link(let target) = nodes[node] else { return .inside(node, steps: 0) }
        if let known = ends[node] { return known }
        guard depth < Self.depthLimit else { return .outside }
        // Whoever comes here again while it is being followed goes in a circle.
        ends[node] = .nowhere
        if target.isAbsolutePath {
            ends[node] = .outside
            return .outside
        }
        var end = End.inside(parents[node], steps: 0)
        for part in target.pathNames() where part != "." {
            guard case .inside(let place, let steps) = end else { break }
            end = step(from: place, steps, to: part, depth: depth)
        }
        ends[node] = end
        return end
    }

    private mutating func step(from place: Int, _ steps: Int, to part: Substring, depth: Int) -> End {
        if part == ".." {
            if steps > 0 { return .inside(place, steps: steps - 1) }
            return place == Self.root ? .outside : .inside(parents[place], steps: 0)
        }
        guard steps == 0, let next = children[Place(folder: place, name: part)] else { return .inside(place, steps: steps + 1) }
        return end(of: next, depth: depth + 1)
    }
}

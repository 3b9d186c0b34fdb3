internal import FarmModel

/// The files, folders and links of a root, before anything is written.
///
/// Paths are followed here, as the kernel would inside the root: through symbolic links, absolute ones from the root on, and never above
/// it.
struct LayoutTree {
    /// Names are bytes here: two that look alike are two files.
    private struct Place: Hashable {
        var folder: Int
        var name: [UInt8]
    }

    /// The index of the root itself.
    static let root = 0
    /// As many links within links as Linux follows before it gives up.
    private static let linkLimit = 40
    /// Descriptors are held open on the way down.
    private static let depthLimit = 300

    /// Folders stand before what is in them.
    private(set) var nodes: [LayoutNode]
    private var depths = [0]
    private var children: [Place: Int] = [:]
    /// Where links have been found to lead.
    private var ends: [Int: Int] = [:]

    /// Only a root, which nobody has named yet.
    init() { nodes = [LayoutNode(content: .folder, parent: Self.root, name: "", isImplied: true)] }

    subscript(_ index: Int) -> LayoutNode {
        get { nodes[index] }
        set {
            // A path through a link that is another now leads elsewhere.
            if case .link = nodes[index].content { ends = [:] }
            nodes[index] = newValue
        }
    }

    /// What has a name in a folder.
    func child(_ name: some StringProtocol, of folder: Int) -> Int? { children[Place(folder: folder, name: Array(name.utf8))] }

    /// Adds what is not there yet.
    @discardableResult
    mutating func insert(_ node: LayoutNode) throws(LayoutProblem) -> Int {
        guard depths[node.parent] < Self.depthLimit else { throw .tooDeep(path(of: node.parent)) }
        let index = nodes.count
        children[Place(folder: node.parent, name: Array(node.name.utf8))] = index
        nodes.append(node)
        depths.append(depths[node.parent] + 1)
        return index
    }

    /// The folder that a path leads to; folders that are missing on the way are made.
    mutating func folder(_ names: some Sequence<Substring>, from start: Int = root) throws(LayoutProblem) -> Int {
        try folder(names, from: start, depth: 0)
    }

    /// The folder that a node is, or that it leads to as a link.
    mutating func folder(at index: Int) throws(LayoutProblem) -> Int { try folder(at: index, depth: 0) }

    /// The file or folder that a path leads to, links at its end followed too; nil if nothing is there. Nothing is made.
    func target(of path: String) -> Int? {
        var copy = self
        var (names, start) = (path.pathNames(), Self.root)
        for _ in 0..<Self.linkLimit {
            guard let last = names.last, let parent = try? copy.folder(names.dropLast(), from: start), let found = child(last, of: parent)
            else { return nil }
            guard case .link(let target) = nodes[found].content else { return found }
            (names, start) = (target.pathNames(), target.isAbsolutePath ? Self.root : parent)
        }
        return nil
    }

    /// The path of a node, without a slash before it; empty for the root.
    func path(of index: Int) -> String {
        var names: [String] = []
        var place = index
        while place != Self.root {
            names.append(nodes[place].name)
            place = nodes[place].parent
        }
        return names.reversed().joined(separator: "/")
    }

    private mutating func folder(_ names: some Sequence<Substring>, from start: Int, depth: Int) throws(LayoutProblem) -> Int {
        var place = start
        for name in names where name != "." {
            if name == ".." {
                place = nodes[place].parent
            } else if let child = child(name, of: place) {
                place = try folder(at: child, depth: depth)
            } else {
                place = try insert(LayoutNode(content: .folder, parent: place, name: String(name), isImplied: true))
            }
        }
        return place
    }

    private mutating func folder(at index: Int, depth: Int) throws(LayoutProblem) -> Int {
        guard case .link(let target) = nodes[index].content else {
            guard nodes[index].content == .folder else { throw .notFolder(path(of: index), package: nodes[index].package) }
            return index
        }
        if let end = ends[index] { return end }
        guard depth < Self.linkLimit else { throw .circle(path(of: index), package: nodes[index].package) }
        let start = target.isAbsolutePath ? Self.root : nodes[index].parent
        let end = try folder(target.pathNames(), from: start, depth: depth + 1)
        ends[index] = end
        return end
    }
}

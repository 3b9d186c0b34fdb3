/// The signs a tree is drawn with.
public enum TreeStyle: Sendable {
    /// `├── └── │` and `⋯`.
    case unicode
    /// `|--`, `` `-- ``, `|` and `...`; names are written in ASCII too.
    case ascii

    fileprivate var signs: TreeSigns {
        switch self {
        case .unicode: TreeSigns(branch: "├── ", lastBranch: "└── ", bar: "│   ", gap: "    ", elsewhere: " ⋯")
        case .ascii: TreeSigns(branch: "|-- ", lastBranch: "`-- ", bar: "|   ", gap: "    ", elsewhere: " ...")
        }
    }
}

private struct TreeSigns {
    let branch: String
    let lastBranch: String
    let bar: String
    let gap: String
    let elsewhere: String
}

extension Graph {
    /// The graph as text: a tree for each node nobody needs, with its needs below it.
    ///
    /// The needs of a node are drawn once; wherever it comes again, it ends in ` ⋯`, "shown above". Of a cycle nobody else needs, the
    /// first member begins a tree. So that a long chain does not become a huge triangle, a node at the depth limit ends in ` ⋯` as well
    /// and begins a tree of its own further down. Names and annotations are in visible form, one node a line.
    ///
    /// - Parameters:
    ///   - style: The signs to draw with.
    ///   - maximumDepth: How far below its root a node may stand, at least 1.
    ///   - annotation: What to write after the name of a node.
    public func tree(style: TreeStyle = .unicode, maximumDepth: Int = 64, annotation: (Int) -> String? = { _ in nil }) -> String {
        let labels = nodes.map { node in
            [names[node], annotation(node)].compactMap { $0 }
                .map { visibleText($0, asciiOnly: style == .ascii) }.joined(separator: " ")
        }
        var drawing = TreeDrawing(graph: self, labels: labels, signs: style.signs, maximumDepth: max(1, maximumDepth))
        drawing.drawForest(from: treeRoots())
        return drawing.text
    }

    /// The first member of each component that no other component needs.
    private func treeRoots() -> [Int] {
        let components = StrongComponents(needs: needRows)
        var isNeeded = [Bool](repeating: false, count: components.members.rowCount)
        for node in nodes {
            for need in needRows[node] where components.ofNode[need] != components.ofNode[node] {
                isNeeded[Int(components.ofNode[need])] = true
            }
        }
        return nodes.filter { node in
            let component = Int(components.ofNode[node])
            return !isNeeded[component] && components.members[component].first == node
        }
    }
}

private struct TreeDrawing {
    private struct Line {
        let node: Int
        let depth: Int
        let isLast: Bool
    }

    private let graph: Graph
    private let labels: [String]
    private let signs: TreeSigns
    private let maximumDepth: Int

    private var isShown: [Bool]
    /// What is still to be drawn of the present tree, the next line last.
    private var pending: [Line] = []
    /// For each depth below the root down to the present one, whether a sibling follows there.
    private var siblingFollows: [Bool] = []
    /// Nodes cut off at the depth limit.
    private var furtherRoots: [Int] = []

    private(set) var text = ""

    init(graph: Graph, labels: [String], signs: TreeSigns, maximumDepth: Int) {
        self.graph = graph
        self.labels = labels
        self.signs = signs
        self.maximumDepth = maximumDepth
        isShown = Array(repeating: false, count: graph.count)
    }

    mutating func drawForest(from roots: [Int]) {
        roots.forEach { drawTree(from: $0) }
        var position = 0
        while position < furtherRoots.count {
            let root = furtherRoots[position]
            position += 1
            if !isShown[root] {
                drawTree(from: root)
            }
        }
    }

    private mutating func drawTree(from root: Int) {
        pending = [Line(node: root, depth: 0, isLast: true)]
        while let line = pending.popLast() {
            draw(line)
        }
    }

    private mutating func draw(_ line: Line) {
        drawBranch(to: line)
        text += labels[line.node]
        if !expand(line) {
            text += signs.elsewhere
        }
        text += "\n"
    }

    private mutating func drawBranch(to line: Line) {
        guard line.depth > 0 else { return siblingFollows = [] }
        siblingFollows.removeSubrange((line.depth - 1)...)
        for follows in siblingFollows {
            text += follows ? signs.bar : signs.gap
        }
        text += line.isLast ? signs.lastBranch : signs.branch
        siblingFollows.append(!line.isLast)
    }

    /// Puts the needs of a line's node next, or says no if they are drawn elsewhere.
    private mutating func expand(_ line: Line) -> Bool {
        let needs = graph.needs(of: line.node)
        guard !needs.isEmpty else { return true }
        guard !isShown[line.node] else { return false }
        guard line.depth < maximumDepth else {
            furtherRoots.append(line.node)
            return false
        }
        isShown[line.node] = true
        for (position, need) in needs.enumerated().reversed() {
            pending.append(Line(node: need, depth: line.depth + 1, isLast: position == needs.count - 1))
        }
        return true
    }
}

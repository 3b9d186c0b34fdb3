/// Builds a `Graph` from names, in any order: a need may be named before its node is added.
///
/// What is wrong with the input comes back as values, all of it at once, so that the caller can say where each name was written.
public struct GraphBuilder: Sendable {
    /// A need whose name no node has.
    public struct UnknownNeed: Sendable, Hashable {
        /// The node that has the need.
        public let node: Int
        /// The name nobody has.
        public let need: String
    }

    /// A node added under a name that was taken; it and its needs were left out of the graph.
    public struct Duplicate: Sendable, Hashable {
        /// The name both have.
        public let name: String
        /// The node that has the name.
        public let node: Int
        /// Which call of `add(_:needs:)`, counted from 0, came too late.
        public let addition: Int
    }

    /// The graph of all that was sound, and what was not.
    public struct Outcome: Sendable {
        /// The nodes in the order added, with the needs that are known.
        public let graph: Graph
        /// Each pair of node and unknown name once, in the order added.
        public let unknownNeeds: [UnknownNeed]
        /// In the order added.
        public let duplicates: [Duplicate]
    }

    // Each name seen, as node or as need, is one symbol: a name is hashed once where it is read and a number from then on.
    private var symbolByName: [String: Int32] = [:]
    private var nameOfSymbol: [String] = []
    private var nodeOfSymbol: [Int32] = []

    private var symbolOfNode: [Int32] = []
    private var needSymbols: [Int32] = []
    private var needEnds: [Int] = []
    private var duplicates: [Duplicate] = []
    private var additions = 0

    /// Makes an empty builder.
    public init() {}

    /// Adds a node and what it needs.
    ///
    /// - Returns: The new node, or `nil` if the name is taken, which `Outcome.duplicates` then reports.
    @discardableResult
    public mutating func add(_ name: String, needs: [String]) -> Int? {
        defer { additions += 1 }
        let symbol = symbol(of: name)
        let node = symbolOfNode.count
        guard nodeOfSymbol[symbol] < 0 else {
            duplicates.append(Duplicate(name: name, node: Int(nodeOfSymbol[symbol]), addition: additions))
            return nil
        }
        nodeOfSymbol[symbol] = Int32(node)
        symbolOfNode.append(Int32(symbol))
        for need in needs {
            needSymbols.append(Int32(self.symbol(of: need)))
        }
        needEnds.append(needSymbols.count)
        return node
    }

    /// The graph of everything added, and what could not become part of it.
    public consuming func build() -> Outcome {
        var rows = AdjacencyBuilder(rowCount: symbolOfNode.count)
        var unknown: [UnknownNeed] = []
        var lastNodeMissing = [Int](repeating: -1, count: nameOfSymbol.count)
        var start = 0
        for (node, end) in needEnds.enumerated() {
            for symbol in needSymbols[start..<end].lazy.map(Int.init) {
                if nodeOfSymbol[symbol] >= 0 {
                    rows.add(Int(nodeOfSymbol[symbol]))
                } else if lastNodeMissing[symbol] != node {
                    lastNodeMissing[symbol] = node
                    unknown.append(UnknownNeed(node: node, need: nameOfSymbol[symbol]))
                }
            }
            rows.endRow()
            start = end
        }
        let graph = Graph(names: symbolOfNode.map { nameOfSymbol[Int($0)] }, needRows: rows.finish())
        return Outcome(graph: graph, unknownNeeds: unknown, duplicates: duplicates)
    }

    private mutating func symbol(of name: String) -> Int {
        if let symbol = symbolByName[name] {
            return Int(symbol)
        }
        let symbol = nameOfSymbol.count
        symbolByName[name] = Int32(symbol)
        nameOfSymbol.append(name)
        nodeOfSymbol.append(-1)
        return symbol
    }
}

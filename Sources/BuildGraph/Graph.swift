/// A directed graph of named nodes in which an edge says that a node *needs* another one first.
///
/// A node is its number, 0 up to `count`, in the order in which the nodes were given; that order breaks every tie, so each answer
/// depends on nothing but the input. An edge given twice counts once. Edges are kept in both directions in compact arrays: at most
/// 2³¹ − 1 nodes and as many edges. No algorithm here recurses, so depth is bounded by memory, not by the stack.
public struct Graph: Sendable, Equatable {
    /// The name of each node. Names are expected to be unique, which `GraphBuilder` guarantees.
    public let names: [String]

    let needRows: Adjacency
    let dependentRows: Adjacency

    /// Makes a graph of `names` and of edges between their positions.
    ///
    /// - Precondition: Every number in `edges` is a position in `names`. To check names from outside, use `GraphBuilder`.
    public init(nodes names: [String], edges: [(node: Int, need: Int)]) {
        let grouped = Adjacency(rowCount: names.count) { body in
            for edge in edges {
                body(edge.node, edge.need)
            }
        }
        var rows = AdjacencyBuilder(rowCount: names.count)
        for node in names.indices {
            grouped[node].forEach { rows.add($0) }
            rows.endRow()
        }
        self.init(names: names, needRows: rows.finish())
    }

    init(names: [String], needRows: Adjacency) {
        self.names = names
        self.needRows = needRows
        dependentRows = needRows.transposed()
    }

    /// The number of nodes.
    public var count: Int { names.count }

    /// The number of distinct edges.
    public var edgeCount: Int { needRows.targets.count }

    /// All nodes, in input order.
    public var nodes: Range<Int> { 0..<count }

    /// What `node` needs directly, in the order given.
    public func needs(of node: Int) -> Neighbors {
        needRows[node]
    }

    /// Which nodes need `node` directly, in input order.
    public func dependents(of node: Int) -> Neighbors {
        dependentRows[node]
    }

    /// The node called `name`, found by looking through all names.
    public func node(named name: String) -> Int? {
        names.firstIndex(of: name)
    }

    /// The nodes whose names match `pattern`, in input order.
    public func nodes(matching pattern: Glob) -> [Int] {
        nodes.filter { pattern.matches(names[$0]) }
    }
}

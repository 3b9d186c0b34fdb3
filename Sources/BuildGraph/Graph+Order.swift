/// How far each node is from the nodes that need nothing.
public struct Levels: Sendable, Equatable {
    /// The level of each node: 0 without needs, else one more than the highest level among its needs.
    public let ofNode: [Int]
    /// The nodes of each level, in input order. Nodes of one level never need each other.
    public let groups: [[Int]]
}

extension Graph {
    /// All nodes, each after everything it needs; of the nodes that could come next, the first of the input comes next.
    ///
    /// Kahn's algorithm over a heap: O(edges + nodes · log nodes).
    ///
    /// - Throws: `CycleError` with every cycle, if there is one.
    public func order() throws(CycleError) -> [Int] {
        var missing = nodes.map { needRows[$0].count }
        var ready = Heap(ascending: nodes.filter { missing[$0] == 0 })
        var order: [Int] = []
        order.reserveCapacity(count)
        while let node = ready.popSmallest() {
            order.append(node)
            for dependent in dependentRows[node] {
                missing[dependent] -= 1
                if missing[dependent] == 0 {
                    ready.insert(dependent)
                }
            }
        }
        guard order.count == count else { throw CycleError(cycles: cycles()) }
        return order
    }

    /// The level of each node and the nodes of each level.
    ///
    /// - Throws: `CycleError` with every cycle, if there is one.
    public func levels() throws(CycleError) -> Levels {
        var levels = [Int](repeating: 0, count: count)
        for node in try order() {
            levels[node] = needRows[node].reduce(0) { max($0, levels[$1] + 1) }
        }
        var groups = [[Int]](repeating: [], count: (levels.max() ?? -1) + 1)
        for node in nodes {
            groups[levels[node]].append(node)
        }
        return Levels(ofNode: levels, groups: groups)
    }
}

/// A part of another graph.
public struct Subgraph: Sendable, Equatable {
    /// The nodes kept, in their old order, and the edges among them.
    public let graph: Graph
    /// For each node of `graph`, the node it was.
    public let originals: [Int]
}

extension Graph {
    /// `start` and everything it needs, directly or not, in input order.
    public func allNeeds(of start: some Sequence<Int>) -> [Int] {
        reachable(from: start, along: needRows)
    }

    /// `start` and everything that needs it, directly or not, in input order.
    public func allDependents(of start: some Sequence<Int>) -> [Int] {
        reachable(from: start, along: dependentRows)
    }

    /// The graph of `kept` and of the edges among them.
    public func subgraph(keeping kept: some Sequence<Int>) -> Subgraph {
        let isKept = mask(of: kept)
        return subgraph { isKept[$0] }
    }

    /// The graph without `removed` and without the edges that touch them.
    public func removing(_ removed: some Sequence<Int>) -> Subgraph {
        let isRemoved = mask(of: removed)
        return subgraph { !isRemoved[$0] }
    }

    private func subgraph(where isKept: (Int) -> Bool) -> Subgraph {
        let originals = nodes.filter(isKept)
        var newNode = [Int](repeating: -1, count: count)
        for (node, original) in originals.enumerated() {
            newNode[original] = node
        }
        var rows = AdjacencyBuilder(rowCount: originals.count)
        for original in originals {
            for need in needRows[original] where newNode[need] >= 0 {
                rows.add(newNode[need])
            }
            rows.endRow()
        }
        return Subgraph(graph: Graph(names: originals.map { names[$0] }, needRows: rows.finish()), originals: originals)
    }

    private func reachable(from start: some Sequence<Int>, along rows: Adjacency) -> [Int] {
        var isReached = mask(of: start)
        var pending = nodes.filter { isReached[$0] }
        while let node = pending.popLast() {
            for next in rows[node] where !isReached[next] {
                isReached[next] = true
                pending.append(next)
            }
        }
        return nodes.filter { isReached[$0] }
    }

    private func mask(of members: some Sequence<Int>) -> [Bool] {
        var mask = [Bool](repeating: false, count: count)
        for member in members {
            mask[member] = true
        }
        return mask
    }
}

/// Nodes that all need each other, so that none can come first.
public struct Cycle: Sendable, Hashable {
    /// Every node of the strongly connected component, in input order.
    public let members: [Int]
    /// One whole cycle through the first member, as short as any: each node needs the next, and the last is the first again.
    public let path: [Int]
}

/// The graph cannot be ordered.
public struct CycleError: Error, Sendable, Hashable {
    /// Every cycle, as `Graph.cycles()` gives them; at least one.
    public let cycles: [Cycle]
}

extension Graph {
    /// The strongly connected components with more than one node or with a node that needs itself, by their first member.
    ///
    /// Empty exactly if the graph can be ordered. O(nodes + edges).
    public func cycles() -> [Cycle] {
        let components = StrongComponents(needs: needRows)
        var search = ShortestCycleSearch(graph: self, componentOfNode: components.ofNode)
        return cyclicComponents(of: components).map { members in
            Cycle(members: members, path: search.path(through: members[0]))
        }
    }

    /// A cycle in words: `a → b → a`.
    ///
    /// - Parameter arrow: What stands between two names.
    public func description(of cycle: Cycle, arrow: String = " → ") -> String {
        cycle.path.map { visibleText(names[$0]) }.joined(separator: arrow)
    }

    func cyclicComponents(of components: StrongComponents) -> [[Int]] {
        nodes.compactMap { node in
            let members = components.members[Int(components.ofNode[node])]
            guard members.first == node, members.count > 1 || needRows[node].contains(node) else { return nil }
            return Array(members)
        }
    }
}

/// Breadth-first searches that stay within one component each and so can share one array.
private struct ShortestCycleSearch {
    private let graph: Graph
    private let componentOfNode: [Int32]
    /// The node from which each node was first reached, or −1.
    private var origin: [Int32]

    init(graph: Graph, componentOfNode: [Int32]) {
        self.graph = graph
        self.componentOfNode = componentOfNode
        origin = Array(repeating: -1, count: graph.count)
    }

    mutating func path(through first: Int) -> [Int] {
        var queue = [first]
        var position = 0
        while position < queue.count {
            let node = queue[position]
            position += 1
            for need in graph.needs(of: node) where componentOfNode[need] == componentOfNode[first] {
                if need == first {
                    return wayBack(from: node, to: first)
                }
                if origin[need] < 0 {
                    origin[need] = Int32(node)
                    queue.append(need)
                }
            }
        }
        preconditionFailure("node \(first) is on no cycle")
    }

    private func wayBack(from last: Int, to first: Int) -> [Int] {
        var reversed = [first, last]
        var node = last
        while node != first {
            node = Int(origin[node])
            reversed.append(node)
        }
        return reversed.reversed()
    }
}

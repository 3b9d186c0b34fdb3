/// A graph in which each cycle of another one has become a single node.
public struct Condensation: Sendable, Equatable {
    /// The new graph; it has no cycles.
    public let graph: Graph
    /// For each node of the original, the node it became part of.
    public let nodeOfOriginal: [Int]
    /// For each new node, the original ones it stands for, in their input order.
    public let members: [[Int]]
}

extension Graph {
    /// Makes each cycle one node, which stands where the first member stood; the needs among its members are dropped.
    ///
    /// It is called by its members' names joined with `+`. From the fifth member on, only three are spelled out: `a+b+c+9-more`.
    /// Should another node have that name, `~2`, `~3`, … follows.
    public func condensed() -> Condensation {
        let components = StrongComponents(needs: needRows)
        let members = nodes.compactMap { node in
            let members = components.members[Int(components.ofNode[node])]
            return members.first == node ? Array(members) : nil
        }
        var nodeOfOriginal = [Int](repeating: 0, count: count)
        for (node, originals) in members.enumerated() {
            for original in originals {
                nodeOfOriginal[original] = node
            }
        }
        return Condensation(
            graph: Graph(names: condensedNames(of: members), needRows: condensedRows(members, nodeOfOriginal)),
            nodeOfOriginal: nodeOfOriginal,
            members: members
        )
    }

    private func condensedRows(_ members: [[Int]], _ nodeOfOriginal: [Int]) -> Adjacency {
        var rows = AdjacencyBuilder(rowCount: members.count)
        for (node, originals) in members.enumerated() {
            for original in originals {
                for need in needRows[original] where nodeOfOriginal[need] != node {
                    rows.add(nodeOfOriginal[need])
                }
            }
            rows.endRow()
        }
        return rows.finish()
    }

    private func condensedNames(of members: [[Int]]) -> [String] {
        guard members.count < count else { return names }
        var taken = Set(members.lazy.filter { $0.count == 1 }.map { names[$0[0]] })
        return members.map { originals in
            guard originals.count > 1 else { return names[originals[0]] }
            let name = unused(joinedName(of: originals), taken)
            taken.insert(name)
            return name
        }
    }

    private func joinedName(of members: [Int]) -> String {
        guard members.count > 4 else { return members.map { names[$0] }.joined(separator: "+") }
        return members.prefix(3).map { names[$0] }.joined(separator: "+") + "+\(members.count - 3)-more"
    }

    private func unused(_ name: String, _ taken: Set<String>) -> String {
        guard taken.contains(name) else { return name }
        var number = 2
        while taken.contains("\(name)~\(number)") {
            number += 1
        }
        return "\(name)~\(number)"
    }
}

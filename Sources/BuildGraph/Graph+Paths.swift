/// A heaviest chain of nodes that have to wait for each other: no schedule is shorter, however many run at once.
public struct CriticalPath: Sendable, Equatable {
    /// The chain, each node needed by the next.
    public let nodes: [Int]
    /// The sum of its weights.
    public let length: Double
}

extension Graph {
    /// The chain of the greatest weight; among equals, the one whose nodes come first in the input.
    ///
    /// - Parameter weights: The weight of each node in any unit, by default 1. What is not above zero counts as zero.
    /// - Throws: `CycleError` with every cycle, if there is one.
    public func criticalPath(weights: [Double]? = nil) throws(CycleError) -> CriticalPath {
        let remaining = try remainingPath(weights: weights)
        var path: [Int] = []
        var next = heaviest(of: nodes.lazy.filter { needRows[$0].isEmpty }, remaining)
        while let node = next {
            path.append(node)
            next = heaviest(of: dependentRows[node], remaining)
        }
        return CriticalPath(nodes: path, length: path.first.map { remaining[$0] } ?? 0)
    }

    /// For each node the weight of the heaviest chain from it through its dependents, itself included: what is still to come once
    /// the node may start, and so its rank among the nodes that may.
    ///
    /// - Parameter weights: The weight of each node in any unit, by default 1. What is not above zero counts as zero.
    /// - Throws: `CycleError` with every cycle, if there is one.
    public func remainingPath(weights: [Double]? = nil) throws(CycleError) -> [Double] {
        precondition(weights.map { $0.count == count } ?? true, "one weight for each node")
        var remaining = [Double](repeating: 0, count: count)
        for node in try order().reversed() {
            let weight = weights.map { max(0, $0[node]) } ?? 1
            remaining[node] = weight + dependentRows[node].reduce(0) { max($0, remaining[$1]) }
        }
        return remaining
    }

    private func heaviest(of candidates: some Sequence<Int>, _ remaining: [Double]) -> Int? {
        var heaviest: Int?
        for node in candidates where heaviest.map({ remaining[node] > remaining[$0] }) ?? true {
            heaviest = node
        }
        return heaviest
    }
}

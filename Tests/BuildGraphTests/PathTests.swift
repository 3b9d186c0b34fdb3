import Testing

@testable import BuildGraph

@Suite struct PathTests {
    @Test func criticalPathFollowsTheWeights() throws {
        let graph = graph("app: fast slow", "fast: base", "slow", "base")
        #expect(try graph.criticalPath() == CriticalPath(nodes: [3, 1, 0], length: 3))
        #expect(try graph.criticalPath(weights: [1, 1, 9.5, 1]) == CriticalPath(nodes: [2, 0], length: 10.5))
    }

    @Test func tiesFollowTheInput() throws {
        #expect(try graph("x: b", "a", "y: a", "b").criticalPath() == CriticalPath(nodes: [1, 2], length: 2))
        #expect(try graph("a", "z: a", "y: a").criticalPath().nodes == [0, 1])
    }

    @Test func remainingPathIsTheRankOfEachNode() throws {
        let graph = graph("app: lib", "lib: base", "tool: base", "base")
        #expect(try graph.remainingPath() == [1, 2, 1, 3])
        #expect(try graph.remainingPath(weights: [5, 1, 7, 2]) == [5, 6, 7, 9])
    }

    @Test func weightsThatMakeNoSenseCountAsZero() throws {
        let graph = graph("app: lib", "lib: base", "base")
        #expect(try graph.remainingPath(weights: [1, .nan, -4]) == [1, 1, 1])
        #expect(try graph.criticalPath(weights: [0, 0, 0]) == CriticalPath(nodes: [2, 1, 0], length: 0))
    }

    @Test func cyclesHaveNoPath() {
        #expect(throws: CycleError(cycles: [Cycle(members: [0, 1], path: [0, 1, 0])])) { try graph("a: b", "b: a").criticalPath() }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func noChainIsHeavierThanTheCriticalPath(seed: UInt64) throws {
        let random = RandomGraph.acyclic(seed: seed)
        var generator = SeededGenerator(seed: seed)
        let weights = (0..<random.count).map { _ in Double(Int.random(in: 0...9, using: &generator)) }
        var remaining = weights
        for _ in 0..<random.count {
            for edge in random.edges {
                remaining[edge.need] = max(remaining[edge.need], weights[edge.need] + remaining[edge.node])
            }
        }
        let graph = random.graph
        let path = try graph.criticalPath(weights: weights)
        #expect(try graph.remainingPath(weights: weights) == remaining)
        #expect(path.length == remaining.max())
        #expect(path.nodes.map { weights[$0] }.reduce(0, +) == path.length)
        for (need, node) in zip(path.nodes, path.nodes.dropFirst()) {
            #expect(graph.needs(of: node).contains(need))
        }
    }
}

import Testing

@testable import BuildGraph

@Suite struct ClosureTests {
    @Test(arguments: 0..<300 as Range<UInt64>)
    func closuresAgreeWithReachability(seed: UInt64) {
        let random = RandomGraph.any(seed: seed)
        let reaches = random.reaches
        let graph = random.graph
        let start = [0, random.count / 2]
        let nodes = 0..<random.count
        #expect(graph.allNeeds(of: start) == nodes.filter { node in start.contains { $0 == node || reaches[$0][node] } })
        #expect(graph.allDependents(of: start) == nodes.filter { node in start.contains { $0 == node || reaches[node][$0] } })
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func subgraphKeepsTheEdgesAmongTheKept(seed: UInt64) {
        let random = RandomGraph.any(seed: seed)
        let kept = (0..<random.count).filter { $0 % 3 != 1 }
        let part = random.graph.subgraph(keeping: kept)
        #expect(part.originals == kept)
        #expect(part.graph.names == kept.map { "n\($0)" })
        let edges = part.graph.nodes.flatMap { node in part.graph.needs(of: node).map { [kept[node], kept[$0]] } }
        #expect(Set(edges) == Set(random.edges.map { [$0.node, $0.need] }.filter { kept.contains($0[0]) && kept.contains($0[1]) }))
        #expect(random.graph.removing((0..<random.count).filter { $0 % 3 == 1 }) == part)
    }

    @Test func startMayRepeatAndComeInAnyOrder() {
        #expect(graph("a: b", "b", "c").allNeeds(of: [2, 0, 2]) == [0, 1, 2])
        #expect(graph("a: b", "b", "c").subgraph(keeping: [2, 0, 2]).originals == [0, 2])
    }
}

import Testing

@testable import BuildGraph

@Suite struct GraphTests {
    @Test func edgesAreKeptBothWays() {
        let graph = Graph(nodes: ["a", "b", "c"], edges: [(0, 2), (1, 2), (0, 1), (0, 2)])
        #expect(graph.count == 3)
        #expect(graph.edgeCount == 3)
        #expect(Array(graph.needs(of: 0)) == [2, 1])
        #expect(Array(graph.dependents(of: 2)) == [0, 1])
        #expect(graph.needs(of: 2).isEmpty)
        #expect(graph.needs(of: 0)[1] == 1)
    }

    @Test func nodesAreFoundByNameAndPattern() {
        let graph = graph("lib/a", "lib/b", "app: lib/a")
        #expect(graph.node(named: "app") == 2)
        #expect(graph.node(named: "none") == nil)
        #expect(graph.nodes(matching: Glob("lib/*")) == [0, 1])
    }

    @Test func emptyGraphAnswersEverything() throws {
        let empty = Graph(nodes: [], edges: [])
        #expect(try empty.order().isEmpty)
        #expect(try empty.levels().groups.isEmpty)
        #expect(empty.cycles().isEmpty)
        #expect(empty.condensed().graph == empty)
        #expect(empty.allNeeds(of: []).isEmpty)
        #expect(try empty.criticalPath() == CriticalPath(nodes: [], length: 0))
        #expect(empty.tree() == "")
        #expect(empty.mermaid() == "flowchart LR\n")
        #expect(empty.dot().hasSuffix("arrowsize=0.6]\n}\n"))
    }

    @Test func builderResolvesNeedsNamedBeforeTheirNode() {
        var builder = GraphBuilder()
        #expect(builder.add("app", needs: ["lib", "zlib", "lib"]) == 0)
        #expect(builder.add("zlib", needs: []) == 1)
        #expect(builder.add("lib", needs: ["zlib"]) == 2)
        let outcome = builder.build()
        #expect(outcome.graph == Graph(nodes: ["app", "zlib", "lib"], edges: [(0, 2), (0, 1), (2, 1)]))
        #expect(outcome.unknownNeeds.isEmpty)
        #expect(outcome.duplicates.isEmpty)
    }

    @Test func builderReportsUnknownNeedsOncePerNode() {
        var builder = GraphBuilder()
        builder.add("a", needs: ["x", "b", "x", "y"])
        builder.add("b", needs: ["x"])
        let outcome = builder.build()
        #expect(outcome.unknownNeeds.map(\.node) == [0, 0, 1])
        #expect(outcome.unknownNeeds.map(\.need) == ["x", "y", "x"])
        #expect(outcome.graph.edgeCount == 1)
    }

    @Test func builderLeavesDuplicatesOut() {
        var builder = GraphBuilder()
        builder.add("a", needs: [])
        builder.add("b", needs: [])
        #expect(builder.add("a", needs: ["b", "unknown"]) == nil)
        #expect(builder.add("c", needs: ["a"]) == 2)
        #expect(builder.add("a", needs: []) == nil)
        let outcome = builder.build()
        #expect(outcome.duplicates.map(\.name) == ["a", "a"])
        #expect(outcome.duplicates.map(\.node) == [0, 0])
        #expect(outcome.duplicates.map(\.addition) == [2, 4])
        #expect(outcome.unknownNeeds.isEmpty)
        #expect(outcome.graph.names == ["a", "b", "c"])
        #expect(outcome.graph.edgeCount == 1)
    }

    @Test func deepChainsNeedNoStack() throws {
        let count = 200_000
        let deep = chain(count)
        #expect(try deep.order().first == count - 1)
        #expect(try deep.levels().groups.count == count)
        #expect(deep.cycles().isEmpty)
        #expect(deep.condensed().graph == deep)
        #expect(deep.allNeeds(of: [0]).count == count)
        #expect(try deep.criticalPath().nodes.count == count)
        #expect(deep.tree().utf8.count < 400 * count)
        let ring = Graph(nodes: deep.names, edges: deep.nodes.map { (node: $0, need: ($0 + 1) % count) })
        #expect(ring.cycles().map(\.path.count) == [count + 1])
    }
}

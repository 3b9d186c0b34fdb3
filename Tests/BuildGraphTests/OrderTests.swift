import Testing

@testable import BuildGraph

@Suite struct OrderTests {
    @Test func tiesFollowTheInput() throws {
        let graph = graph("e: a", "d", "c: d", "b", "a: d")
        #expect(try graph.order().map { graph.names[$0] } == ["d", "c", "b", "a", "e"])
    }

    @Test func realExcerptOrdersOnceItsCycleIsCut() throws {
        let whole = graph(
            "devel/glib20: devel/gobject-introspection lang/python311", "devel/gobject-introspection: devel/glib20 lang/python311",
            "lang/python311", "graphics/cairo: devel/glib20")
        let error = #expect(throws: CycleError.self) { try whole.order() }
        #expect(error?.cycles.map { whole.description(of: $0) } == ["devel/glib20 → devel/gobject-introspection → devel/glib20"])
        let cut = graph(
            "devel/glib20: lang/python311", "devel/gobject-introspection: devel/glib20 lang/python311",
            "lang/python311", "graphics/cairo: devel/glib20")
        #expect(try cut.levels() == Levels(ofNode: [1, 2, 0, 2], groups: [[2], [0], [1, 3]]))
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func orderIsTheFirstOfAllOrders(seed: UInt64) throws {
        let random = RandomGraph.acyclic(seed: seed)
        var placed: [Int] = []
        while let next = (0..<random.count).first(where: { node in
            !placed.contains(node) && random.edges.allSatisfy { $0.node != node || placed.contains($0.need) }
        }) {
            placed.append(next)
        }
        #expect(try random.graph.order() == placed)
        #expect(placed.count == random.count)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func levelIsTheLongestWayDown(seed: UInt64) throws {
        let random = RandomGraph.acyclic(seed: seed)
        var longest = [Int](repeating: 0, count: random.count)
        for _ in 0..<random.count {
            for edge in random.edges {
                longest[edge.node] = max(longest[edge.node], longest[edge.need] + 1)
            }
        }
        let levels = try random.graph.levels()
        #expect(levels.ofNode == longest)
        #expect(levels.groups == (0...(longest.max() ?? 0)).map { level in longest.indices.filter { longest[$0] == level } })
    }
}

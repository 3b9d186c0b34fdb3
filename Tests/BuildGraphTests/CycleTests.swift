import Testing

@testable import BuildGraph

@Suite struct CycleTests {
    @Test func selfNeedIsACycle() {
        #expect(graph("a: a", "b: a").cycles() == [Cycle(members: [0], path: [0, 0])])
    }

    @Test func pathIsShortestThroughTheFirstMember() {
        let graph = graph("z", "b: c", "c: d e", "d: b", "e: a", "a: b")
        #expect(graph.cycles() == [Cycle(members: [1, 2, 3, 4, 5], path: [1, 2, 3, 1])])
        #expect(graph.cycles().map { graph.description(of: $0, arrow: " -> ") } == ["b -> c -> d -> b"])
    }

    @Test func cyclesComeByTheirFirstMember() {
        let graph = graph("a: d", "b: c", "c: b", "d: a b")
        #expect(graph.cycles().map(\.members) == [[0, 3], [1, 2]])
    }

    @Test func descriptionKeepsHostileNamesOnOneLine() {
        let graph = Graph(nodes: ["a\nb", "\u{1B}[2J"], edges: [(0, 1), (1, 0)])
        #expect(graph.cycles().map { graph.description(of: $0) } == [#"a\u{a}b → \u{1b}[2J → a\u{a}b"#])
    }

    @Test(arguments: 0..<500 as Range<UInt64>)
    func cyclesAgreeWithReachability(seed: UInt64) {
        let random = RandomGraph.any(seed: seed)
        let reaches = random.reaches
        let onCycle = (0..<random.count).filter { reaches[$0][$0] }
        let expected = onCycle.compactMap { first -> [Int]? in
            let members = onCycle.filter { reaches[first][$0] && reaches[$0][first] }
            return members.first == first ? members : nil
        }
        let cycles = random.graph.cycles()
        #expect(cycles.map(\.members) == expected)
        for cycle in cycles {
            #expect(cycle.path.first == cycle.members.first && cycle.path.last == cycle.members.first)
            #expect(Set(cycle.path.dropLast()).count == cycle.path.count - 1)
            #expect(cycle.path.count - 1 == shortestWayRound(from: cycle.members[0], random))
            for (node, need) in zip(cycle.path, cycle.path.dropFirst()) {
                #expect(random.graph.needs(of: node).contains(need))
            }
        }
    }

    @Test(arguments: 0..<500 as Range<UInt64>)
    func condensedGraphKeepsReachability(seed: UInt64) throws {
        let random = RandomGraph.any(seed: seed)
        let reaches = random.reaches
        let condensed = random.graph.condensed()
        _ = try condensed.graph.order()
        #expect(condensed.members.flatMap { $0 }.sorted() == Array(0..<random.count))
        #expect(Set(condensed.graph.names).count == condensed.graph.count)
        for start in 0..<random.count {
            let reached = Set(condensed.graph.allNeeds(of: [condensed.nodeOfOriginal[start]]))
            for end in 0..<random.count where end != start {
                #expect(reached.contains(condensed.nodeOfOriginal[end]) == reaches[start][end])
            }
        }
    }

    @Test func condensedNodeStandsAtItsFirstMember() {
        let condensed = graph("x", "b: c x", "y: c", "c: b x").condensed()
        #expect(condensed.graph == graph("x", "b+c: x", "y: b+c"))
        #expect(condensed.nodeOfOriginal == [0, 1, 2, 1])
        #expect(condensed.members == [[0], [1, 3], [2]])
    }

    @Test func condensedNamesStayShortAndUnique() {
        #expect(graph("a: b", "b: c", "c: d", "d: a").condensed().graph.names == ["a+b+c+d"])
        #expect(graph("a: b", "b: c", "c: d", "d: e", "e: f", "f: a").condensed().graph.names == ["a+b+c+3-more"])
        #expect(graph("a: b", "b: a", "a+b~2", "a+b").condensed().graph.names == ["a+b~3", "a+b~2", "a+b"])
    }

    @Test func condensedDropsASelfNeed() {
        #expect(graph("a: a b", "b").condensed().graph == graph("a: b", "b"))
    }

    private func shortestWayRound(from first: Int, _ random: RandomGraph) -> Int {
        var reached: Set = [first]
        var length = 0
        repeat {
            reached = Set(random.edges.filter { reached.contains($0.node) }.map(\.need))
            length += 1
        } while !reached.contains(first)
        return length
    }
}

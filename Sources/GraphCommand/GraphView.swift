import BuildGraph
import FarmModel

/// A part of a graph, perhaps with cycles made single nodes, and the nodes of the whole that its nodes stand for.
struct GraphView {
    let graph: Graph
    /// For each node, what it stands for: more than one if it is a cycle.
    let members: [[Int]]

    /// The whole.
    init(_ nodes: JobNodes) { self.init(graph: nodes.graph, members: nodes.graph.nodes.map { [$0] }) }

    private init(graph: Graph, members: [[Int]]) {
        self.graph = graph
        self.members = members
    }

    /// Whether a node stands for a cycle.
    var hasCondensedCycles: Bool { members.contains { $0.count > 1 } }

    /// What a node stands for, unless that is a cycle.
    func original(of node: Int) -> Int? { members[node].count == 1 ? members[node][0] : nil }

    /// The view of some nodes.
    func keeping(_ kept: [Int]) -> GraphView {
        let part = graph.subgraph(keeping: kept)
        return GraphView(graph: part.graph, members: part.originals.map { members[$0] })
    }

    /// The view with each cycle as one node.
    func condensed() -> GraphView {
        let condensation = graph.condensed()
        return GraphView(graph: condensation.graph, members: condensation.members.map { $0.flatMap { members[$0] } })
    }

    /// The longest chain, by durations of the whole graph's nodes if they are known, else by the number of jobs.
    func criticalPath(durations: [Double]?) throws(FarmError) -> GraphView {
        let weights = durations.map { durations in members.map { $0.reduce(0) { $0 + durations[$1] } } }
        do throws(CycleError) {
            return keeping(try graph.criticalPath(weights: weights).nodes)
        } catch {
            throw failure(error)
        }
    }

    /// The nodes, each after what it needs, and the level of each.
    func ordered() throws(FarmError) -> (order: [Int], levels: [Int]) {
        do throws(CycleError) {
            return (try graph.order(), try graph.levels().ofNode)
        } catch {
            throw failure(error)
        }
    }

    /// Refuses cycles.
    func requireOrder() throws(FarmError) { _ = try ordered() }

    private func failure(_ error: CycleError) -> FarmError {
        FarmError(.badInput, error.cycles.map { "cycle: " + graph.description(of: $0) }.joined(separator: "\n"))
    }
}

import BuildGraph
import FarmModel
import FarmStore

extension JobNodes {
    /// The graph of a stored build.
    init(_ build: BuildID, in store: any Farm) throws(FarmError) {
        let jobs = try store.jobs(of: build)
        let nodes = Dictionary(uniqueKeysWithValues: jobs.enumerated().map { ($0.element.id, $0.offset) })
        let edges = try store.edges(of: build).compactMap { edge -> (node: Int, need: Int)? in
            guard let node = nodes[edge.job], let need = nodes[edge.need] else { return nil }
            return (node, need)
        }
        self.init(graph: Graph(nodes: jobs.map(\.identity.description), edges: edges), content: .jobs(jobs))
    }
}

import BuildGraph

extension GraphView {
    /// The graph in the DOT language.
    func dot(of nodes: JobNodes) -> String {
        graph.dot(state: { state($0, of: nodes) }, annotation: { annotation($0, of: nodes) })
    }

    /// The graph as a Mermaid flowchart.
    func mermaid(of nodes: JobNodes) -> String {
        graph.mermaid(state: { state($0, of: nodes) }, annotation: { annotation($0, of: nodes) })
    }

    /// What stands beside a node's name.
    func annotation(_ node: Int, of nodes: JobNodes) -> String? { original(of: node).flatMap(nodes.annotation) }

    private func state(_ node: Int, of nodes: JobNodes) -> NodeState? { original(of: node).flatMap(nodes.state) }
}

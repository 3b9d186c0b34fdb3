public import FarmModel
public import FarmStore

/// The graph of a stored build in the languages of drawing programs, for servers.
public struct GraphDrawing {
    /// The languages.
    public enum Form: String, Sendable {
        /// Graphviz's language.
        case dot
        /// A Mermaid flowchart.
        case mermaid
        /// A drawing by Graphviz.
        case svg
    }

    private let nodes: JobNodes

    /// Reads the graph.
    public init(_ build: BuildID, in farm: any Farm) throws(FarmError) { nodes = try JobNodes(build, in: farm) }

    /// The graph in one of the languages.
    /// - Parameter environment: The value of an environment variable, for Graphviz.
    /// - Throws: `unavailable` if Graphviz is missing or cannot cope.
    public func bytes(_ form: Form, environment: @escaping (String) -> String?) throws(FarmError) -> [UInt8] {
        let view = GraphView(nodes)
        try view.requireOrder()
        return switch form {
        case .dot: Array(view.dot(of: nodes).utf8)
        case .mermaid: Array(view.mermaid(of: nodes).utf8)
        case .svg: try Graphviz(environment: environment).svg(view.dot(of: nodes))
        }
    }
}

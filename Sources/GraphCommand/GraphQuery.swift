import BuildGraph
import FarmModel

/// Which part of a graph is asked for.
struct GraphQuery {
    /// Jobs to keep with everything they need.
    var needsOf: [String] = []
    /// Jobs to keep with everything that needs them.
    var dependentsOf: [String] = []
    /// Patterns of which a job has to match one, if there are any.
    var only: [Glob] = []
    /// Patterns of which a job may match none.
    var without: [Glob] = []
    /// Whether a cycle becomes one node.
    var condenses = false
    /// Whether to keep the longest chain only.
    var criticalPath = false

    /// Whether the patterns take jobs away.
    var filters: Bool { !only.isEmpty || !without.isEmpty }

    /// The part of a graph, in the order of the graph; a critical path in its own.
    ///
    /// - Throws: `noInput` for an unknown job, `badInput` for a cycle that hinders.
    func select(from nodes: JobNodes) throws(FarmError) -> GraphView {
        let kept = try kept(of: nodes)
        var view = GraphView(nodes)
        if kept.count < nodes.graph.count { view = view.keeping(kept) }
        if condenses { view = view.condensed() }
        if criticalPath { view = try view.criticalPath(durations: nodes.durations) }
        return view
    }

    private func kept(of nodes: JobNodes) throws(FarmError) -> [Int] {
        var kept = Set(nodes.graph.nodes)
        if !needsOf.isEmpty { kept.formIntersection(nodes.graph.allNeeds(of: try find(needsOf, in: nodes))) }
        if !dependentsOf.isEmpty { kept.formIntersection(nodes.graph.allDependents(of: try find(dependentsOf, in: nodes))) }
        return nodes.graph.nodes.filter { kept.contains($0) && passes($0, nodes) }
    }

    private func passes(_ node: Int, _ nodes: JobNodes) -> Bool {
        guard filters else { return true }
        let names = [nodes.graph.names[node], nodes.plainName(of: node)]
        let matches = { (pattern: Glob) in names.contains { pattern.matches($0) } }
        return (only.isEmpty || only.contains(where: matches)) && !without.contains(where: matches)
    }

    /// The jobs of some names: a whole identity means one job, a plain name all its architectures and cells.
    private func find(_ names: [String], in nodes: JobNodes) throws(FarmError) -> [Int] {
        var found: [Int] = []
        for name in names {
            if let node = nodes.graph.node(named: name) {
                found.append(node)
                continue
            }
            let sameName = nodes.graph.nodes.filter { nodes.plainName(of: $0) == name }
            guard !sameName.isEmpty else { throw unknown(name, nodes) }
            found += sameName
        }
        return found
    }

    private func unknown(_ name: String, _ nodes: JobNodes) -> FarmError {
        let near = suggestion(for: name, among: nodes.graph.names).map { ", did you mean \($0)?" } ?? ""
        return FarmError(.noInput, "there is no job \(JSONValue.string(name).text)\(near)")
    }
}

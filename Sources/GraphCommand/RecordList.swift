import BuildGraph
import FarmModel
import Recipes

/// The records of a view, in order.
struct RecordList {
    private let nodes: JobNodes
    private let view: GraphView
    private let order: [Int]
    private let levels: [Int]
    private let drops: Bool

    /// - Parameter dropsMissingNeeds: Whether records of documents lose the needs that the view does not have.
    /// - Throws: `badInput` for a cycle.
    init(_ view: GraphView, of nodes: JobNodes, dropsMissingNeeds: Bool) throws(FarmError) {
        self.nodes = nodes
        self.view = view
        drops = dropsMissingNeeds
        (order, levels) = try view.ordered()
    }

    /// Hands on each record.
    func forEach<Failure: Error>(_ body: (JSONObject) throws(Failure) -> Void) throws(Failure) {
        let finder = finderOfKept
        for node in order { try body(record(of: node, finder)) }
    }

    private func record(of node: Int, _ finder: NeedFinder?) -> JSONObject {
        // The documents of jobs that form a cycle cannot be joined, so a condensed graph is told by plain records throughout.
        if case .specs(let specs) = nodes.content, !view.hasCondensedCycles, let original = view.original(of: node) {
            return document(of: specs[original], finder)
        }
        var record: JSONObject = ["kind": "job", "name": .string(view.graph.names[node])]
        if case .jobs(let jobs) = nodes.content, let original = view.original(of: node) { record = jobs[original].json }
        if view.members[node].count > 1 { record.add("members", names(view.members[node], in: nodes.graph)) }
        record.add("needs", names(view.graph.needs(of: node), in: view.graph))
        record.add("level", Int64(levels[node]))
        return record
    }

    private func names(_ nodes: some Sequence<Int>, in graph: Graph) -> JSONValue { .array(nodes.map { .string(graph.names[$0]) }) }

    /// Of the jobs of the view, if needs are to be dropped.
    private var finderOfKept: NeedFinder? {
        guard drops, case .specs(let specs) = nodes.content else { return nil }
        return try? NeedFinder(view.members.flatMap { $0 }.map { specs[$0] })
    }

    private func document(of spec: JobSpec, _ finder: NeedFinder?) -> JSONObject {
        guard let finder, let written = spec.document["needs"]?.array, written.count == spec.needs.count else { return spec.document }
        let kept = zip(written, spec.needs).filter { _, need in need.origin == .latest || !finder.matches(need, of: spec.identity).isEmpty }
        var document = spec.document
        document["needs"] = kept.isEmpty ? nil : .array(kept.map(\.0))
        return document
    }
}

import BuildGraph
import FarmModel

/// Refuses records of documents whose needs were taken away by a pattern, because they could not be submitted.
struct RemovedNeeds {
    let nodes: JobNodes
    let view: GraphView

    /// - Throws: `badInput` with a line for each job, at most twenty.
    func refuse() throws(FarmError) {
        guard case .specs(let specs) = nodes.content else { return }
        let kept = Set(view.members.joined())
        let faults = kept.sorted().compactMap { fault(of: $0, kept, specs) }
        guard !faults.isEmpty else { return }
        let rest = faults.count > 20 ? ["and \(faults.count - 20) more"] : []
        throw FarmError(.badInput, (faults.prefix(20) + rest).joined(separator: "\n"))
    }

    private func fault(of node: Int, _ kept: Set<Int>, _ specs: [JobSpec]) -> String? {
        guard let need = nodes.graph.needs(of: node).first(where: { !kept.contains($0) && !isOptional($0, specs[node], specs) }) else {
            return nil
        }
        let names = nodes.graph.names
        return "job \(names[node]) needs \(names[need]), which was left out; keep it, or drop such needs with --missing-needs ignore"
    }

    private func isOptional(_ need: Int, _ spec: JobSpec, _ specs: [JobSpec]) -> Bool {
        spec.needs.filter { $0.name == specs[need].identity.name }.allSatisfy(\.isOptional)
    }
}

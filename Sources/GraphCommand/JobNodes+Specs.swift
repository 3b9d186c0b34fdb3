import BuildGraph
import FarmModel
import Recipes

extension JobNodes {
    /// The graph of a submission's jobs.
    ///
    /// - Throws: `badInput` for a job that is there twice and, unless they are ignored, for needs that no job has.
    init(_ specs: [JobSpec], missingNeeds: MissingNeeds?) throws(FarmError) {
        let finder = try NeedFinder(specs)
        var edges: [(node: Int, need: Int)] = []
        var faults: [String] = []
        for (node, spec) in specs.enumerated() {
            for need in spec.needs where need.origin == .build {
                let matches = finder.matches(need, of: spec.identity)
                edges += matches.map { (node, $0) }
                if matches.isEmpty, !need.isOptional { faults.append(finder.fault(need, of: spec)) }
            }
        }
        if !faults.isEmpty, missingNeeds != .ignore { throw FarmError(.badInput, faults.joined(separator: "\n")) }
        self.init(graph: Graph(nodes: specs.map(\.identity.description), edges: edges), content: .specs(specs))
    }
}

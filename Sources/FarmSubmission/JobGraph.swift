internal import BuildGraph
public import FarmModel
internal import Recipes

/// The jobs of a submission and how they need each other, checked: no two alike, every need known, no cycle.
public struct JobGraph: Sendable {
    /// A need that an earlier build is to meet.
    public struct LatestNeed: Sendable, Hashable {
        /// The position of the needing job.
        public var position: Int
        /// The need.
        public var need: Need
        /// The architecture that it means.
        public var architecture: Architecture
    }

    /// The jobs in the order of the documents.
    public let jobs: [JobSpec]
    /// For each job the positions of those it needs, and whether the need is optional.
    public let needs: [[(position: Int, isOptional: Bool)]]
    /// Needs that earlier builds are to meet.
    public let latestNeeds: [LatestNeed]
    let graph: Graph

    /// Checks the jobs.
    /// - Throws: `badInput` that names every fault found, at most twenty.
    public init(_ jobs: [JobSpec], missingNeeds: SubmitOptions.MissingNeeds = .error) throws(FarmError) {
        guard !jobs.isEmpty else { throw FarmError(.noInput, "there is no job in the input") }
        let finder = try NeedFinder(jobs)
        var faults: [String] = []
        var latest: [LatestNeed] = []
        let needs = jobs.indices.map { position in
            var found: [Int: Bool] = [:]
            for need in jobs[position].needs {
                if need.origin == .latest {
                    let architecture = need.architecture ?? jobs[position].identity.architecture
                    latest.append(LatestNeed(position: position, need: need, architecture: architecture))
                    continue
                }
                let matches = finder.matches(need, of: jobs[position].identity)
                if matches.isEmpty, missingNeeds == .error, !need.isOptional { faults.append(finder.fault(need, of: jobs[position])) }
                for match in matches { found[match] = (found[match] ?? true) && need.isOptional }
            }
            return found.sorted { $0.key < $1.key }.map { (position: $0.key, isOptional: $0.value) }
        }
        if !faults.isEmpty { throw FarmError(.badInput, Self.listed(faults)) }
        self.jobs = jobs
        self.needs = needs
        latestNeeds = latest
        graph = Graph(
            nodes: jobs.map(\.identity.description),
            edges: needs.indices.flatMap { node in needs[node].map { (node: node, need: $0.position) } })
        let cycles = graph.cycles()
        if !cycles.isEmpty { throw FarmError(.badInput, Self.listed(cycles.map { "cycle: " + graph.description(of: $0) })) }
    }

    /// For each job the weight of the longest path from it through its dependents to the end.
    public func ranks(weights: [Double]) -> [Double] { (try? graph.remainingPath(weights: weights)) ?? weights }

    private static func listed(_ faults: [String]) -> String {
        let limit = 20
        let rest = faults.count > limit ? "\n… and \(faults.count - limit) more" : ""
        return faults.prefix(limit).joined(separator: "\n") + rest
    }
}

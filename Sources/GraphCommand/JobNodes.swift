import BuildGraph
import FarmModel
import Recipes

/// A graph and what its nodes stand for.
struct JobNodes {
    /// What a node's number leads to.
    enum Content {
        /// Jobs of documents.
        case specs([JobSpec])
        /// Bare records: a name and needs, which the graph has.
        case names
        /// Jobs of a stored build.
        case jobs([JobRecord])
    }

    var graph: Graph
    var content: Content

    /// The name without architecture and matrix cell.
    func plainName(of node: Int) -> String {
        switch content {
        case .specs(let specs): specs[node].identity.name
        case .names: graph.names[node]
        case .jobs(let jobs): jobs[node].identity.name
        }
    }

    /// What a tree or drawing says beside the name.
    func annotation(of node: Int) -> String? {
        switch content {
        case .specs(let specs): return specs[node].version
        case .names: return nil
        case .jobs(let jobs):
            let job = jobs[node]
            return job.state.rawValue + (job.failure.map { ", \($0.rawValue)" } ?? "")
        }
    }

    /// What has become of a node, if it can be known.
    func state(of node: Int) -> NodeState? {
        guard case .jobs(let jobs) = content else { return nil }
        return NodeState(rawValue: jobs[node].state.rawValue)
    }

    /// How long each job of a stored build took, in milliseconds; those not known get the mean of the others. Nil without any.
    var durations: [Double]? {
        guard case .jobs(let jobs) = content else { return nil }
        let durations = jobs.map { job -> Double? in
            guard let started = job.startedMilliseconds, let ended = job.endedMilliseconds else { return nil }
            return Double(max(0, ended - started))
        }
        let known = durations.compactMap { $0 }
        guard !known.isEmpty else { return nil }
        let mean = known.reduce(0, +) / Double(known.count)
        return durations.map { $0 ?? mean }
    }
}

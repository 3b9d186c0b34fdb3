import BuildGraph

/// How to choose among the jobs that are ready.
enum Order: String, CaseIterable {
    /// What bf does when it has seen every job before.
    case criticalPath = "critical path, known durations"
    /// What bf does at first: each job weighs 1.
    case longestChain = "critical path, unknown durations"
    /// By the number of jobs that need a job, directly or not.
    case dependents = "most dependents"
    /// By the time at which a job became ready, then in the order of the document.
    case firstReady = "first in, first out"

    /// The rank of each job, the larger the sooner; equal ones keep the order in which they became ready.
    func ranks(of trace: Trace) throws -> [Double] {
        switch self {
        case .criticalPath: try trace.graph.remainingPath(weights: trace.durations)
        case .longestChain: try trace.graph.remainingPath()
        case .dependents: trace.graph.nodes.map { Double(trace.graph.allDependents(of: [$0]).count) }
        case .firstReady: [Double](repeating: 0, count: trace.graph.count)
        }
    }
}

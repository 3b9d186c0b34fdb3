public import Execution
public import FarmModel
public import FarmStore

/// How a runner is to work.
public struct RunnerOptions: Sendable {
    /// How many jobs run at once; at least 1.
    public var slots = 1
    /// End after one job at most.
    public var runsOnce = false
    /// Wait for more work instead of ending.
    public var isDaemon = false
    /// Only these builds and jobs.
    public var selection: Selection?
    /// How jobs are kept apart.
    public var isolation = Isolation.sandbox
    /// The architectures whose jobs are taken, `noarch` aside.
    public var architectures: Set<Architecture> = [.native]
    /// The labels that this runner has.
    public var labels: Set<String> = []
    /// Phases may ask for the machine's own network.
    public var allowsHostNetwork = false

    /// One slot, everything, sandboxed.
    public init() {}

    /// True if this runner can do what a job asks of it.
    func admits(_ requirement: Requirement) -> Bool {
        (requirement.architecture == .noarch || architectures.contains(requirement.architecture))
            && requirement.labels.allSatisfy(labels.contains)
    }
}

public import Execution
public import FarmModel

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

    /// When nothing more is started beside what runs.
    public var pressure = PressureGate()

    /// One slot, everything, sandboxed.
    public init() {}

    /// What the runner can do, for the dispatcher's rule.
    var abilities: RunnerAbilities { RunnerAbilities(architectures: architectures, labels: labels, selection: selection) }
}

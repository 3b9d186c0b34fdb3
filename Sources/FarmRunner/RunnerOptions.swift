public import Execution
public import FarmModel
internal import FarmStore
internal import HostSystem

/// How a runner is to work.
public struct RunnerOptions: Sendable {
    /// How many jobs run at once on this machine; at least 1, or 0 for a runner that reaches backends.
    public var slots = 1
    /// Reaches the farm's backends; nil for a runner that knows its own machine only.
    public var backends: BackendAccess?
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
    /// How packages are made.
    public var packages = PackageOptions()

    /// When nothing more is started beside what runs.
    public var pressure = PressureGate()

    /// One slot, everything, sandboxed.
    public init() {}

    /// What the runner gives to the pool.
    var share: PoolShare? { backends == nil ? nil : PoolShare(ownSlots: slots, host: Host.name) }

    /// What the runner can do, for the dispatcher's rule.
    var abilities: RunnerAbilities { RunnerAbilities(architectures: architectures, labels: labels, selection: selection) }
}

internal import FarmModel
public import FarmStore
internal import HostSystem

/// Runs each phase in namespaces of its own, by bubblewrap.
public struct SandboxExecutor: Executor {
    /// `sandbox`
    public let name = "sandbox"

    /// An executor that looks for its programs when it needs them.
    public init() {}

    /// See ``Executor``; here it may be another machine, a container image, or a network that is not to be had.
    public func missingCapability(for request: ExecutionRequest) -> String? {
        if let reason = PhaseNeeds.missingCapability(for: request) { return reason }
        let networks = Set(request.plan.phases.map(\.network))
        if networks.contains(.host) && !request.allowsHostNetwork {
            return "a phase asks for network: host; start bf-run with --allow-host-network, or ask for network: internet"
        }
        return networks.contains(.internet) ? SandboxNetwork.problem()?.text : nil
    }

    /// See ``Executor``.
    public func execute(
        _ request: ExecutionRequest, log: LogWriter, stop: StopRequest, onStart: (StartedProcess) -> Void
    ) -> ExecutionOutcome {
        PlanRun.execute(request, log, stop, missing: missingCapability(for: request), onStart) { () throws(ExecutionFailure) in
            try SandboxLauncher(request)
        }
    }
}

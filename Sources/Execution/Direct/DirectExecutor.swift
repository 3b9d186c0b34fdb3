internal import FarmModel
public import FarmStore
internal import HostSystem

/// Runs phases without isolation: as the runner's user, with its rights, on the machine as it is. What a phase starts and what leaves its
/// session can survive where there are no control groups.
public struct DirectExecutor: Executor {
    /// `none`
    public let name = "none"

    /// An executor without settings.
    public init() {}

    /// See ``Executor``; here it may be a root folder or another machine.
    public func missingCapability(for request: ExecutionRequest) -> String? {
        if let reason = PhaseNeeds.missingCapability(for: request) { return reason }
        if request.rootPath != nil { return "a root folder needs a sandbox, and this runner runs with --isolation none" }
        return nil
    }

    /// See ``Executor``.
    public func execute(
        _ request: ExecutionRequest, log: LogWriter, stop: StopRequest, onStart: (StartedProcess) -> Void
    ) -> ExecutionOutcome {
        PlanRun.execute(request, log, stop, missing: missingCapability(for: request), onStart) { () throws(ExecutionFailure) in
            try DirectLauncher(request)
        }
    }
}

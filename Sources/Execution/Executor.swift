internal import FarmModel
public import FarmStore
public import HostSystem

/// Runs plans, and knows nothing of the documents they came from.
public protocol Executor: Sendable {
    /// The name in records, for instance `sandbox`.
    var name: String { get }

    /// Why this executor can never run the request, in one sentence that says what to install or change; nil if it can.
    func missingCapability(for request: ExecutionRequest) -> String?

    /// Runs the phases of a plan, one after the other, on the calling thread. When it returns no process of the plan lives any more.
    /// - Parameters:
    ///   - log: takes what the phases print; it is neither opened nor closed here.
    ///   - stop: ends the run early.
    ///   - onStart: told of the first process of each phase, before anything of the phase is awaited.
    func execute(_ request: ExecutionRequest, log: LogWriter, stop: StopRequest, onStart: (StartedProcess) -> Void) -> ExecutionOutcome
}

/// The first process of a phase, as recorded so that a later runner can end it.
public struct StartedProcess: Sendable, Equatable {
    /// The process.
    public var identity: ProcessIdentity
    /// The control groups it is in, as folders; see ``ControlGroups/endAll(in:)``.
    public var controlGroups: [String]
}

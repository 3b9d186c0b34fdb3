internal import FarmModel
internal import HostSystem

/// Starts the phases of one request in its kind of isolation.
protocol PhaseLauncher {
    /// Starts a phase that prints into `output`.
    func start(_ phase: Phase, output: Descriptor) throws(ExecutionFailure) -> any RunningPhase
}

/// A phase that was started.
protocol RunningPhase {
    /// The process whose end is the end of the phase.
    var child: ChildProcess { get }

    /// Sends SIGTERM to the phase's processes.
    func terminate()

    /// Kills everything of the phase, and waits until it is dead.
    /// - Throws: `infrastructure` when something cannot be killed.
    func endAll() throws(ExecutionFailure)

    /// What the end of `child` means; `lastOutput` is the end of what was printed.
    func ending(_ exit: ProcessExit, lastOutput: [UInt8]) -> PhaseEnding
}

/// How a phase's command ended.
enum PhaseEnding: Equatable {
    case exited(Int)
    case signalled(Signal)
    /// It was never run.
    case notStarted(ExecutionFailure)
}

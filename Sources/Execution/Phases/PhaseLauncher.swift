package import FarmModel
package import HostSystem

/// Starts the phases of one request in its kind of isolation.
package protocol PhaseLauncher {
    /// Starts a phase that prints into `output`.
    func start(_ phase: Phase, output: Descriptor) throws(ExecutionFailure) -> any RunningPhase
}

/// A phase that was started, on this machine or another.
package protocol RunningPhase {
    /// The process whose end is the end of the phase; nil if it is none of this machine.
    var process: ProcessIdentity? { get }

    /// Readable once the phase's command has ended.
    var handle: Descriptor { get }

    /// How long the output may stay open after the command has ended, or was killed, in milliseconds.
    var drainMilliseconds: Int64 { get }

    /// Whether something of what it printed was lost on the way; asked once it has ended.
    var isLogClipped: Bool { get }

    /// Whether something of the phase was killed for lack of memory, as far as whoever runs it tells; asked once it has ended.
    var hasRunOutOfMemory: Bool { get }

    /// Sends SIGTERM to the phase's processes.
    func terminate()

    /// Kills everything of the phase, and waits until it is dead.
    /// - Throws: `infrastructure` when something cannot be killed.
    func endAll() throws(ExecutionFailure)

    /// Waits for the end of the command, which everything else of the phase has been killed for, and says what it means.
    /// - Parameter lastOutput: the end of what was printed.
    func ending(lastOutput: [UInt8]) throws(SystemError) -> PhaseEnding
}

extension RunningPhase {
    /// Whatever holds the output open on this machine is killed in the end.
    package var drainMilliseconds: Int64 { 1_000 }
    /// A pipe loses nothing.
    package var isLogClipped: Bool { false }
    /// On this machine the control groups tell.
    package var hasRunOutOfMemory: Bool { false }
}

/// How a phase's command ended.
package enum PhaseEnding: Equatable {
    case exited(Int)
    case signalled(Signal)
    /// It was never run.
    case notStarted(ExecutionFailure)
}

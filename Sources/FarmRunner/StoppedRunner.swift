import FarmModel
import FarmStore
import HostSystem

/// A runner whose process was stopped (SIGSTOP, Ctrl-Z) and cannot end what it runs.
struct StoppedRunner {
    /// The grace of a cancelled job: 10 s for its signal, 5 s for its cleanup.
    static let graceMilliseconds: Int64 = 15_000

    private let process: Int32

    /// - Returns: nil if the runner is not stopped.
    init?(_ runner: RunnerID, in store: Store) throws(FarmError) {
        guard let process = try store.process(of: runner) else { return nil }
        let identity = ProcessIdentity(identifier: process.pid, startTime: process.start, bootIdentifier: process.boot)
        guard identity.state == "T" || identity.state == "t" else { return nil }
        self.process = process.pid
    }

    /// Kills the processes of an attempt of the runner. Its job ends when the runner goes on or dies.
    func kill(_ attempt: AttemptID, in store: Store) {
        LeftoverProcesses(of: attempt, in: store.directory, runner: process).kill(sparesRunner: true)
    }
}

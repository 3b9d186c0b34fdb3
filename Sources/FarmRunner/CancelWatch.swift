public import FarmModel
public import FarmStore
internal import HostSystem

/// Sees to it that cancelled jobs end, also where their runner cannot: one that was stopped (SIGSTOP, Ctrl-Z) holds its jobs but does nothing.
public struct CancelWatch {
    private let store: Store
    private let jobs: [JobID]

    private static let pollMilliseconds: Int64 = 50

    /// Watches the jobs for which a cancel is under way.
    public init(store: Store, jobs: [JobID]) {
        self.store = store
        self.jobs = jobs
    }

    /// For jobs of stopped runners: waits for the grace, then kills their processes. The jobs end when the runner goes on or dies.
    public func killIfRunnerIsStopped(_ notice: (String) -> Void) throws(FarmError) {
        let stopped = try jobsOfStoppedRunners()
        guard !stopped.isEmpty else { return }
        notice("\(stopped.count) running \(stopped.count == 1 ? "job" : "jobs") of a stopped runner: killing the processes after the grace")
        let deadline = Clock.boottimeMilliseconds + StoppedRunner.graceMilliseconds
        while Clock.boottimeMilliseconds < deadline {
            if try jobsOfStoppedRunners().isEmpty { return }
            _ = try? Poller.wait([], timeoutMilliseconds: Self.pollMilliseconds)
        }
        for job in try jobsOfStoppedRunners() {
            for open in try store.openAttempts(ofJob: job) {
                try StoppedRunner(open.runner, in: store)?.kill(open.attempt, in: store)
            }
        }
    }

    private func jobsOfStoppedRunners() throws(FarmError) -> [JobID] {
        var stopped: [JobID] = []
        for job in jobs where try isStopped(runnerOf: job) { stopped.append(job) }
        return stopped
    }

    private func isStopped(runnerOf job: JobID) throws(FarmError) -> Bool {
        for open in try store.openAttempts(ofJob: job) where try StoppedRunner(open.runner, in: store) != nil { return true }
        return false
    }
}

import FarmAPI
import FarmModel
import FarmStore
import Synchronization

/// The small numbers of go-dsynth's workers, the same in lists and in events: a running attempt keeps its place as long as the server lives.
final class WorkerNumbers: Sendable {
    private struct State {
        var board = DsynthWorkerBoard([])
        var attempts: [JobID: AttemptID] = [:]
    }

    private let state = Mutex(State())

    /// All workers with what they do.
    func workers(in store: Store) throws(FarmError) -> [DsynthWorker] {
        let runners = try store.runners()
        let running = try running(in: store)
        return state.withLock { state in
            state.attempts = Dictionary(running.map { ($0.work.job, $0.work.attempt) }) { first, _ in first }
            return state.board.workers(runners, running: running)
        }
    }

    /// An attempt has begun.
    /// - Returns: The number of its worker; nil if its runner is not known any more.
    func begin(_ attempt: AttemptID, of job: JobID, on runner: RunnerID, in store: Store) -> Int? {
        if let number = take(attempt, job, runner) { return number }
        guard let runners = try? store.runners() else { return nil }
        state.withLock { $0.board.update(runners) }
        return take(attempt, job, runner)
    }

    /// The attempt of a job has ended.
    /// - Returns: The number of its worker; nil if it is not known.
    func end(_ job: JobID) -> Int? {
        state.withLock { state in state.attempts.removeValue(forKey: job).flatMap { state.board.free($0) } }
    }

    private func take(_ attempt: AttemptID, _ job: JobID, _ runner: RunnerID) -> Int? {
        state.withLock { state in
            let number = state.board.take(attempt, of: runner)
            if number != nil { state.attempts[job] = attempt }
            return number
        }
    }

    private func running(in store: Store) throws(FarmError) -> [(runner: RunnerID, work: DsynthWorker.Work)] {
        let jobs = try store.runningJobs(of: nil, atMost: 10_000)
        let names = try store.aliases(of: Array(Set(jobs.map(\.job.build))), in: DsynthBuilds.dialect)
        var running: [(runner: RunnerID, work: DsynthWorker.Work)] = []
        for entry in jobs {
            guard let attempt = try store.attempts(of: entry.job.id).last, attempt.state == .running else { continue }
            let build = names[entry.job.build] ?? entry.job.build.description
            let work = DsynthWorker.Work(
                attempt: attempt.id, job: entry.job.id, package: entry.job.identity.name, build: build, phase: entry.phase,
                startedMilliseconds: entry.claimedMilliseconds)
            running.append((attempt.runner, work))
        }
        return running
    }
}

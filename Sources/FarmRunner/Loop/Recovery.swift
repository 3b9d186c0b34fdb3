import FarmModel
import FarmStore
import HostSystem
import Recipes

/// Finds what dead runners left behind: kills what is left of their attempts, ends them as lost, and removes their scratch.
///
/// A runner is dead if its lock is free, never because it was silent for long. An attempt is given up only by one who holds its lock, which
/// its first process held as long as anything of it lived.
struct Recovery {
    let store: Store
    let own: RunnerID
    let recipes: RecipeRegistry
    let remote: RemoteLeftovers
    let notice: @Sendable (String) -> Void

    private static let killPatienceMilliseconds: Int64 = 5000

    /// Looks at every runner but the own. Failures are told and tried again at the next sweep.
    func sweep() {
        do throws(FarmError) {
            for runner in try store.openRunners() where runner != own && isDead(runner) { try bury(runner) }
            try removeScratch()
        } catch {
            notice("recovery: \(error.message)")
        }
    }

    /// A runner takes its lock right after its row, and gives it back right before its end; then only its process tells that it lives.
    private func isDead(_ runner: RunnerID) -> Bool {
        let path = store.directory.runnerLock(runner)
        let exists = ((try? Files.statusIfPresent(path)) ?? nil) != nil
        if exists, let lock = try? FileLock(path: path), (try? lock.tryExclusive()) != true { return false }
        guard let process = (try? store.process(of: runner)) ?? nil else { return true }
        return !ProcessIdentity(identifier: process.pid, startTime: process.start, bootIdentifier: process.boot).isAlive
    }

    private func bury(_ runner: RunnerID) throws(FarmError) {
        var isClean = true
        for attempt in try store.openAttempts(of: runner) {
            if try end(attempt) { continue }
            isClean = false
        }
        guard isClean else { return }
        // The row goes last, as a runner's own end does it.
        try? Files.removeFile(store.directory.runnerLock(runner))
        try store.unregister(runner)
    }

    /// Ends an attempt of a dead runner; false if something of it still lives.
    private func end(_ open: OpenAttempt) throws(FarmError) -> Bool {
        let folder = store.directory.work(open.attempt)
        let exists = ((try? Files.statusIfPresent(folder)) ?? nil) != nil
        let lock = exists ? try? FileLock(path: store.directory.attemptLock(open.attempt)) : nil
        let runner = try store.process(of: open.runner)?.pid
        if let lock,
            !LeftoverProcesses(of: open.attempt, in: store.directory, runner: runner).killUntilFree(
                lock, patienceMilliseconds: Self.killPatienceMilliseconds)
        {
            notice("\(open.attempt) is left by a dead runner and its processes do not end; it stays running until they do")
            return false
        }
        guard try remote.areGone(open) else { return false }
        let outcome = try store.finish(
            AttemptReport(attempt: open.attempt, token: open.token, result: exists ? lost(open) : .abandoned))
        if outcome != .stale { notice("\(open.attempt) was left by a dead runner: \(outcome.phrase)") }
        if exists { try? Files.removeTree(folder) }
        return true
    }

    /// Counts against the job. An attempt without a folder was claimed and not begun, or had ended well: nothing was lost through its job.
    private func lost(_ open: OpenAttempt) -> AttemptReport.Result {
        let retry = StoredDocument(job: open.attempt.description, text: open.document).retryPolicy(recipes)
        return .failed(.lost, message: "the runner died", retry: retry, jitter: Double.random(in: 0..<1))
    }

    /// Removes folders of attempts that have ended, for instance because the machine went down before they were removed.
    private func removeScratch() throws(FarmError) {
        let work = store.directory.path + "/work"
        for entry in (try? Files.entries(of: work)) ?? [] {
            guard let attempt = entry.name.flatMap({ AttemptID($0) }), try !store.isRunning(attempt),
                let lock = try? FileLock(path: store.directory.attemptLock(attempt)), (try? lock.tryExclusive()) == true
            else { continue }
            try? Files.removeTree(store.directory.work(attempt))
        }
    }
}

extension FinishOutcome {
    fileprivate var phrase: String {
        switch self {
        case .ended(let state): "its job has ended, \(state.rawValue)"
        case .delayed: "its job gets another attempt"
        case .requeued: "its job is back in the queue"
        case .stale: "nothing to do"
        }
    }
}

public import FarmModel
public import FarmStore
internal import HostSystem
internal import Synchronization

/// What ``CancelWatch`` does for one cancel, for all of a farm: for a server, whose clients do not wait.
public final class CancelKeeper: Sendable {
    private let store: Store
    /// Since when cancelled attempts are known to be held by stopped runners, in boot-clock milliseconds.
    private let held = Mutex<[AttemptID: Int64]>([:])

    /// Looks after a farm.
    public init(store: Store) { self.store = store }

    /// Kills what was cancelled and has been held by a stopped runner for longer than the grace; to be called every few seconds.
    public func look() throws(FarmError) {
        let now = Clock.boottimeMilliseconds
        let before = held.withLock { $0 }
        var found: [AttemptID: Int64] = [:]
        for runner in try store.runners() where runner.running > 0 {
            guard let stopped = try StoppedRunner(runner.id, in: store) else { continue }
            for attempt in try store.cancelRequests(of: runner.id) {
                let since = before[attempt] ?? now
                found[attempt] = since
                if now - since >= StoppedRunner.graceMilliseconds { stopped.kill(attempt, in: store) }
            }
        }
        held.withLock { [found] in $0 = found }
    }
}

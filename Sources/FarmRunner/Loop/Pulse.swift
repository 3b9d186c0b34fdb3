import FarmModel
import FarmStore
import HostSystem

/// Signs of life of a runner: to the service manager from each turn of the loop, to the database twice a minute.
struct Pulse {
    private var written = Clock.boottimeMilliseconds
    private static let databaseMilliseconds: Int64 = 30_000

    mutating func beat(_ store: Store, _ runner: RunnerID, _ manager: ServiceManager, busy: Int) {
        manager.alive(busy == 0 ? "waiting for jobs" : "\(busy) \(busy == 1 ? "job" : "jobs") running")
        let now = Clock.boottimeMilliseconds
        guard now - written >= Self.databaseMilliseconds else { return }
        written = now
        // Only for display: a full disk must not end the runner here.
        try? store.heartbeat(runner)
    }
}

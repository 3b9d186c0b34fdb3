internal import Execution
public import FarmModel
public import FarmStore
internal import HostSystem
internal import Synchronization

/// Asks the backends how they are, in the background and each on a thread of its own: one that hangs holds up no other.
///
/// Several runners share the work: what one has learned, the others need not ask.
public final class BackendWatch: Sendable {
    private let store: Store
    private let access: BackendAccess
    private let notice: @Sendable (String) -> Void
    private let asking = Mutex<Set<String>>([])
    /// When what ended attempts left on each was last looked for, by the boot clock.
    private let swept = Mutex<[String: Int64]>([:])
    private let end: EventDescriptor

    private static let periodMilliseconds: Int64 = 10_000
    private static let offlinePeriodMilliseconds: Int64 = 3_000
    private static let sweepPeriodMilliseconds: Int64 = 600_000
    private static let tickMilliseconds: Int64 = 1_000
    /// Longer than a daemon takes that is only busy.
    private static let timeoutMilliseconds: Int64 = 8_000

    /// Starts to ask.
    /// - Parameter notice: told of a backend that answers no more, or again.
    public init(store: Store, access: BackendAccess, notice: @escaping @Sendable (String) -> Void) throws(FarmError) {
        self.store = store
        self.access = access
        self.notice = notice
        end = try FarmError.wrap { () throws(SystemError) in try EventDescriptor() }
        try FarmError.wrap { () throws(SystemError) in try Threads.start { [self] in run() } }
    }

    /// No backend is asked any more.
    public func stop() { try? end.raise() }

    private func run() {
        while true {
            for status in (try? store.backendStatuses()) ?? [] where isDue(status) { ask(status) }
            let events = try? Poller.wait([Poller.Interest(end.descriptor, .readable)], timeoutMilliseconds: Self.tickMilliseconds)
            if events?.isEmpty == false { return }
        }
    }

    private func isDue(_ status: BackendStatus) -> Bool {
        guard status.backend.kind != .sandbox else { return false }
        guard let checked = status.health.checkedMilliseconds else { return true }
        let age = Clock.wallMilliseconds - checked
        // A clock that was set back must not make a check look young for ever.
        return age < 0 || age >= (status.health.isOffline ? Self.offlinePeriodMilliseconds : Self.periodMilliseconds)
    }

    private func ask(_ status: BackendStatus) {
        let address = status.backend.address
        guard asking.withLock({ $0.insert(address).inserted }) else { return }
        let isStarted: Void? = try? Threads.start { [self] in
            let health = access.health(of: status.backend, before: status.health, timeoutMilliseconds: Self.timeoutMilliseconds)
            tell(health, before: status.health, of: address)
            try? store.note(health, of: address)
            if !health.isOffline { sweep(status) }
            asking.withLock { _ = $0.remove(address) }
        }
        if isStarted == nil { asking.withLock { _ = $0.remove(address) } }
    }

    /// Removes what attempts left on a backend that had ended for the farm while it did not answer.
    private func sweep(_ status: BackendStatus) {
        let (address, now) = (status.backend.address, Clock.boottimeMilliseconds)
        let isDue = swept.withLock { swept in
            let last = swept[address]
            guard status.health.isOffline || last.map({ now - $0 >= Self.sweepPeriodMilliseconds }) ?? true else { return false }
            swept[address] = now
            return true
        }
        guard isDue, let executor = try? access.executor(for: status.backend) else { return }
        let (farm, deadline) = (store.directory.farmName, now + Self.timeoutMilliseconds)
        for attempt in (try? executor.attempts(ofFarm: farm, until: deadline)) ?? [] {
            guard (try? store.isRunning(attempt)) == false else { continue }
            let run = RunName(farm: farm, attempt: attempt, runner: RunnerID(0))
            // One that answers no more is found to be offline by the next check, which must not wait for the rest.
            do { try executor.endLeftovers(of: run, until: Clock.boottimeMilliseconds + Self.timeoutMilliseconds) } catch { return }
        }
    }

    private func tell(_ health: BackendHealth, before: BackendHealth, of address: String) {
        guard health.isOffline != before.isOffline else { return }
        notice(health.isOffline ? "backend \(address) does not answer: \(health.error ?? "no reason")" : "backend \(address) answers again")
    }
}

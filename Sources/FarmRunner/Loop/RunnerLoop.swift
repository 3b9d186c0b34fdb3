import Execution
import FarmModel
import FarmStore
import HostSystem

/// The loop of a runner: signals, cancel requests, idle slots, signs of life, and the decision that nothing is left to do.
final class RunnerLoop {
    private let store: Store
    private let options: RunnerOptions
    private let runner: RunnerID
    private let shared: RunnerShared
    private var slots: [Slot]
    private let makeSlot: (Int) throws(FarmError) -> Slot
    private let claims: ClaimSource
    private let recovery: Recovery
    private let observer: RunnerObserver
    private let signals: SignalDescriptor
    private let doorbell: DoorbellWatch
    private let manager: ServiceManager
    private var lifecycle = RunnerLifecycle()
    private var pulse = Pulse()
    private var pressure: PressureWatch
    private var claimBackoff: Int64?
    /// Why jobs could not be taken, the last time.
    private var toldFailure: String?

    private static let slowPollMilliseconds: Int64 = 5000
    private static let mostRemoteSlots = 1_024
    private static let elsewherePollMilliseconds: Int64 = 1000

    init(
        store: Store, options: RunnerOptions, runner: RunnerID, shared: RunnerShared,
        makeSlot: @escaping (Int) throws(FarmError) -> Slot, claims: ClaimSource, recovery: Recovery, observer: RunnerObserver,
        signals: SignalSet
    ) throws(FarmError) {
        self.store = store
        self.options = options
        self.runner = runner
        self.shared = shared
        slots = []
        self.makeSlot = makeSlot
        self.claims = claims
        self.recovery = recovery
        self.observer = observer
        self.signals = try FarmError.wrap { () throws(SystemError) in try SignalDescriptor(signals) }
        doorbell = DoorbellWatch(store.directory)
        pressure = PressureWatch(options.pressure)
        manager = ServiceManager { HostSystem.Environment.value($0) }
    }

    func run() throws(FarmError) -> RunnerSummary {
        manager.ready("waiting for jobs")
        defer { for slot in slots { slot.end() } }
        while true {
            try receiveSignals()
            try applyCancelRequests()
            try growSlots()
            shared.setShort(pressure.look(store, runner))
            dispatch()
            claims.tidy()
            let outlook = try outlook()
            if shared.idleCount == slots.count, claims.isSettled, let summary = try finished(outlook) { return summary }
            try wait(atMost: patience(outlook))
        }
    }

    /// A slot for each job that may run at once, here and on backends. Backends come and go; slots only come.
    private func growSlots() throws(FarmError) {
        var wanted = options.slots
        if options.backends != nil {
            let most = try store.backendStatuses().reduce(0) { $0 + ($1.backend.kind == .sandbox ? 0 : $1.slots) }
            wanted += min(most, Self.mostRemoteSlots)
        }
        while slots.count < wanted {
            slots.append(try makeSlot(slots.count))
            shared.addSlot(slots.count - 1)
        }
    }

    /// Gives ready jobs to idle slots.
    private func dispatch() {
        guard claimBackoff == nil else { return }
        while lifecycle.state == .working, let slot = shared.takeIdle() {
            guard let claim = claims.first(for: slot) else { break }
            toldFailure = nil
            slots[slot].run(claim)
        }
        guard let failure = shared.takeClaimFailure() else { return }
        // What does not change is told once: it may last all night.
        if failure.message != toldFailure { observer.problem("\(failure.message); trying again every 2 s") }
        toldFailure = failure.message
        claimBackoff = Clock.boottimeMilliseconds + 2000
    }

    private func receiveSignals() throws(FarmError) {
        while let signal = try FarmError.wrap({ () throws(SystemError) in try signals.next() }) {
            for action in lifecycle.receive(signal) { perform(action) }
        }
        if !shared.isClaiming { lifecycle.finishOne() }
    }

    private func perform(_ action: RunnerLifecycle.Action) {
        let busy = slots.count - shared.idleCount
        switch action {
        case .drain:
            shared.stopClaiming()
            manager.stopping()
            try? store.markDraining(runner)
            if busy > 0, lifecycle.state == .draining {
                observer.notice("draining: waiting for \(busy) running \(busy == 1 ? "job" : "jobs"); signal again to stop them")
            }
        case .stopJobs:
            if busy > 0 { observer.notice("stopping \(busy) running \(busy == 1 ? "job" : "jobs"); they go back to the queue") }
            shared.stopAll(.shutdown)
        case .killJobs: shared.killAll()
        case .report: observer.notice("\(busy) of \(slots.count) slots busy, \(shared.summary.ended) jobs ended")
        }
    }

    private func applyCancelRequests() throws(FarmError) {
        guard shared.activeCount > 0 || !claims.isSettled else { return }
        for attempt in try store.cancelRequests(of: runner) where !claims.cancel(attempt) { shared.stop(attempt, .cancel) }
    }

    /// What is left to do; nil while that does not matter.
    private func outlook() throws(FarmError) -> Outlook? {
        guard shared.idleCount > 0, lifecycle.state == .working else { return nil }
        return try store.outlook(options.abilities, runner: runner, isPressed: shared.isPressed, share: options.share)
    }

    /// The summary if the runner is to end; called when all slots are idle.
    private func finished(_ outlook: Outlook?) throws(FarmError) -> RunnerSummary? {
        if lifecycle.state != .working { return summary(leftover: nil) }
        guard !options.isDaemon, let outlook, !outlook.isWorthWaiting else { return nil }
        return summary(leftover: Leftover(outlook, isPaused: try store.farmPause() != nil).text)
    }

    private func summary(leftover: String?) -> RunnerSummary {
        let (ended, failed) = shared.summary
        return RunnerSummary(ended: ended, failed: failed, leftover: leftover, stoppedBySignal: lifecycle.stoppingSignal?.number)
    }

    /// How long nothing needs to be looked at unless something rings.
    private func patience(_ outlook: Outlook?) -> Int64 {
        var patience = Self.slowPollMilliseconds
        if let until = claimBackoff {
            let rest = until - Clock.boottimeMilliseconds
            if rest <= 0 { claimBackoff = nil }
            patience = max(0, rest)
        }
        if let watchdog = manager.watchdogMilliseconds { patience = min(patience, watchdog) }
        if let due = claims.due { patience = min(patience, max(1, due - Clock.boottimeMilliseconds)) }
        if shared.isPressed { patience = min(patience, PressureWatch.periodMilliseconds) }
        guard let outlook else { return patience }
        if outlook.hasReadyJob, claimBackoff == nil { return 0 }
        if let retry = outlook.nextRetryMilliseconds { patience = min(patience, retry + 1) }
        if let trial = outlook.poolMilliseconds { patience = min(patience, trial + 1) }
        if let start = outlook.nextStartMilliseconds { patience = min(patience, start + 1) }
        if outlook.running > shared.activeCount { patience = min(patience, Self.elsewherePollMilliseconds) }
        return patience
    }

    private func wait(atMost milliseconds: Int64) throws(FarmError) {
        var interests = [Poller.Interest(signals.descriptor, .readable), Poller.Interest(shared.wake.descriptor, .readable)]
        if let bell = doorbell.descriptor { interests.append(Poller.Interest(bell, .readable)) }
        let patience = doorbell.descriptor == nil ? min(milliseconds, DoorbellWatch.pollMilliseconds) : milliseconds
        let events = try FarmError.wrap { () throws(SystemError) in try Poller.wait(interests, timeoutMilliseconds: patience) }
        _ = try? shared.wake.lower()
        doorbell.drain()
        if events.isEmpty, milliseconds > 0 { recovery.sweep() }
        pulse.beat(store, runner, manager, busy: slots.count - shared.idleCount)
    }
}

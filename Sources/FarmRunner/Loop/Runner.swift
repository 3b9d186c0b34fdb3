internal import Execution
public import FarmModel
public import FarmStore
internal import HostSystem
public import Recipes

/// What a runner did.
public struct RunnerSummary: Sendable, Equatable {
    /// Jobs that ended here.
    public var ended: Int
    /// Those of them that did not succeed.
    public var failed: Int
    /// What was left, and why this runner could not take it; nil if nothing was.
    public var leftover: String?
    /// The number of the signal for which running jobs were stopped and put back; nil if the runner did its work, or drained.
    public var stoppedBySignal: Int32?
}

/// What a runner tells while it works. Called from any thread, one call at a time is not promised.
public struct RunnerObserver: Sendable {
    /// Jobs have ended here, or wait for another attempt.
    public var jobsChanged: @Sendable ([JobRecord]) -> Void
    /// A job has started here.
    public var jobStarted: @Sendable (JobIdentity, AttemptID) -> Void
    /// A line for people who look on.
    public var notice: @Sendable (String) -> Void
    /// A line on something that keeps the runner from working, and is tried again; also for people who want to hear nothing else.
    public var problem: @Sendable (String) -> Void

    /// Creates an observer.
    public init(
        jobsChanged: @escaping @Sendable ([JobRecord]) -> Void,
        jobStarted: @escaping @Sendable (JobIdentity, AttemptID) -> Void = { _, _ in },
        notice: @escaping @Sendable (String) -> Void, problem: @escaping @Sendable (String) -> Void
    ) {
        self.jobsChanged = jobsChanged
        self.jobStarted = jobStarted
        self.notice = notice
        self.problem = problem
    }
}

/// Takes jobs from a state directory and runs them: one thread a slot, and a loop for signals, cancel requests and wake-ups.
public final class Runner {
    private let store: Store
    private let options: RunnerOptions
    private let recipes: RecipeRegistry
    private let observer: RunnerObserver

    /// Prepares a runner; nothing happens until ``run()``.
    public init(store: Store, options: RunnerOptions, recipes: RecipeRegistry = .standard, observer: RunnerObserver) {
        self.store = store
        self.options = options
        self.recipes = recipes
        self.observer = observer
    }

    /// The signals that the loop receives. The caller's thread must not have started others before.
    private static let signals = SignalSet(.terminate, .interrupt, .quit, .hangUp, .user1)

    /// Works until there is nothing left to do, or until told to stop.
    ///
    /// - Throws: `unavailable` if jobs cannot be isolated here; `temporary` and `inputOutput` if the state directory cannot be used.
    public func run() throws(FarmError) -> RunnerSummary {
        SignalMask.block(Self.signals)
        let executor = try ExecutorChoice.make(options)
        defer { store.settle() }
        let registration = try RunnerRegistration(store: store, options: options)
        defer { registration.end() }
        let remote = RemoteLeftovers(store: store, access: options.backends, notice: observer.notice)
        let recovery = Recovery(store: store, own: registration.id, recipes: recipes, remote: remote, notice: observer.notice)
        recovery.sweep()
        store.keepReserve()
        let groups = try slotGroups(registration.id)
        defer { for group in groups { group?.remove() } }
        let logs = try FarmError.wrap { () throws(SystemError) in try LogKeeper() }
        let watch = try options.backends.map { access throws(FarmError) in
            try BackendWatch(store: store, access: access, notice: observer.notice)
        }
        defer {
            watch?.stop()
            options.backends?.settle()
        }
        let summary = try makeLoop(executor, registration, recovery, groups, logs).run()
        logs.finish(isHurried: summary.stoppedBySignal != nil)
        return summary
    }

    private func slotGroups(_ runner: RunnerID) throws(FarmError) -> [ControlGroupSlot?] {
        let groups = ControlGroups(farm: store.directory.farmName, runner: runner)
        groups.sweep { [store] name in
            if let rebuild = AttemptID(name) { return RebuildScratch.isAlive(rebuild, in: store.directory) }
            guard let id = RunnerID(name) else { return true }
            return (try? store.isOpen(id)) ?? true
        }
        return try FarmError.wrap { () throws(SystemError) in
            var slots: [ControlGroupSlot?] = []
            for number in 0..<options.slots { slots.append(try groups.makeSlot(number)) }
            return slots
        }
    }

    private func makeLoop(
        _ executor: any Executor, _ registration: RunnerRegistration, _ recovery: Recovery, _ groups: [ControlGroupSlot?],
        _ logs: LogKeeper
    ) throws(FarmError) -> RunnerLoop {
        let (store, options, observer) = (store, options, observer)
        let shared = try FarmError.wrap { () throws(SystemError) in try RunnerShared() }
        let attempts = AttemptContext(
            store: store, recipes: recipes, executor: executor, options: options, runner: registration.id,
            controlGroups: ControlGroupShelf(groups), logs: logs, hostRoot: HostRootDigest())
        let claims = ClaimSource(
            store: store, runner: registration.id, options: options, shared: shared, hostRoot: attempts.hostRoot,
            revisions: recipes.revisions, observer: observer)
        let makeSlot = { (number: Int) throws(FarmError) -> Slot in
            try FarmError.wrap { () throws(SystemError) in
                try Slot(
                    number: number,
                    work: { claim, slot in
                        AttemptTurn(context: attempts, claims: claims, shared: shared, observer: observer).take(claim, slot: slot)
                    },
                    rest: { slot in shared.free(slot) })
            }
        }
        return try RunnerLoop(
            store: store, options: options, runner: registration.id, shared: shared, makeSlot: makeSlot, claims: claims,
            recovery: recovery, observer: observer, signals: Self.signals)
    }
}

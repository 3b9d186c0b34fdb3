internal import Execution
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import Synchronization

/// What the loop and the slots of one runner share.
final class RunnerShared: Sendable {
    /// Wakes the loop.
    let wake: EventDescriptor
    private let state = Mutex(State())

    private struct State {
        var isClaiming = true
        var idle: Set<Int> = []
        var active: [AttemptID: Active] = [:]
        var claims = 0
        var failed = 0
        var ended = 0
        var claimFailure: FarmError?
        var isShort = false
        var slotCount = 0
    }

    private struct Active {
        var stop: StopRequest
        var process: StartedProcess?
        var isKilled = false
    }

    init() throws(SystemError) { wake = try EventDescriptor() }

    /// Takes in a new slot, which is idle.
    func addSlot(_ slot: Int) {
        state.withLock { state in
            state.slotCount += 1
            state.idle.insert(slot)
        }
    }

    /// False once the runner drains or has claimed all it may.
    var isClaiming: Bool { state.withLock { $0.isClaiming } }

    func stopClaiming() { state.withLock { $0.isClaiming = false } }

    /// Notes whether the machine is short of something.
    func setShort(_ isShort: Bool) { state.withLock { $0.isShort = isShort } }

    /// True while nothing may be started beside what runs.
    var isPressed: Bool { isPressed(beside: 0) }

    /// True for a slot that is to take a job while nothing may be started beside what the others run.
    var isPressedBesideOne: Bool { isPressed(beside: 1) }

    private func isPressed(beside own: Int) -> Bool { state.withLock { $0.isShort && $0.slotCount - $0.idle.count > own } }

    /// Counts a claim; with `limit` reached no further one is made.
    func countClaim(limit: Int?) {
        state.withLock { state in
            state.claims += 1
            if let limit, state.claims >= limit { state.isClaiming = false }
        }
    }

    /// Notes that a slot has nothing to do. For the loop, which must not wake itself: it would never sleep.
    func setIdle(_ slot: Int, because failure: FarmError? = nil) {
        state.withLock { state in
            state.idle.insert(slot)
            state.claimFailure = failure
        }
    }

    /// Notes that a slot has nothing to do any more, and lets the loop know.
    func free(_ slot: Int) {
        setIdle(slot)
        wakeLoop()
    }

    /// Lets the loop look again.
    func wakeLoop() { try? wake.raise() }

    /// An idle slot, busy from now on.
    func takeIdle() -> Int? { state.withLock { $0.idle.popFirst() } }

    var idleCount: Int { state.withLock { $0.idle.count } }

    /// The error that the newest claim met, once.
    func takeClaimFailure() -> FarmError? {
        state.withLock { state in
            defer { state.claimFailure = nil }
            return state.claimFailure
        }
    }

    func begin(_ attempt: AttemptID, stop: StopRequest) { state.withLock { $0.active[attempt] = Active(stop: stop) } }

    func note(_ process: StartedProcess, of attempt: AttemptID) { state.withLock { $0.active[attempt]?.process = process } }

    func end(_ attempt: AttemptID) { state.withLock { $0.active[attempt] = nil } }

    /// How many attempts run.
    var activeCount: Int { state.withLock { $0.active.count } }

    /// Asks one attempt to end.
    func stop(_ attempt: AttemptID, _ reason: StopRequest.Reason) {
        let stop = state.withLock { $0.active[attempt]?.stop }
        try? stop?.stop(reason)
    }

    /// Asks all attempts to end.
    func stopAll(_ reason: StopRequest.Reason) {
        for stop in state.withLock({ $0.active.values.map(\.stop) }) { try? stop.stop(reason) }
    }

    /// Kills the processes of all attempts now.
    func killAll() {
        let processes = state.withLock { state in
            for attempt in state.active.keys { state.active[attempt]?.isKilled = true }
            return state.active.values.compactMap(\.process)
        }
        for process in processes {
            ControlGroups.endAll(in: process.controlGroups)
            _ = try? process.identity.kill(.kill)
        }
    }

    /// True once ``killAll()`` was called for an attempt.
    func isKilled(_ attempt: AttemptID) -> Bool { state.withLock { $0.active[attempt]?.isKilled ?? false } }

    func countEnd(_ outcome: FinishOutcome) {
        guard case .ended(let jobState) = outcome else { return }
        state.withLock { state in
            state.ended += 1
            if jobState != .success { state.failed += 1 }
        }
    }

    var summary: (ended: Int, failed: Int) { state.withLock { ($0.ended, $0.failed) } }
}

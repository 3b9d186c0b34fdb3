import Execution
import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// Claims jobs for the slots of one runner, and stores how their attempts ended.
final class ClaimSource: Sendable {
    private let store: Store
    private let runner: RunnerID
    private let options: RunnerOptions
    private let shared: RunnerShared
    private let hostRoot: HostRootDigest
    private let revisions: [String: Int]
    private let observer: RunnerObserver
    private let backlog = Mutex(Backlog())

    /// How long what cannot be stored waits for the next try, at first.
    private static let pauseMilliseconds: Int64 = 500

    init(
        store: Store, runner: RunnerID, options: RunnerOptions, shared: RunnerShared, hostRoot: HostRootDigest, revisions: [String: Int],
        observer: RunnerObserver
    ) {
        self.store = store
        self.runner = runner
        self.options = options
        self.shared = shared
        self.hostRoot = hostRoot
        self.revisions = revisions
        self.observer = observer
    }

    /// A job for an idle slot, or nil and the slot stays idle.
    func first(for slot: Int) -> Claim? {
        if let claim = backlog.withLock({ $0.takeClaim() }) { return claim }
        do throws(FarmError) {
            guard let claim = try claim() else {
                shared.setIdle(slot)
                return nil
            }
            return claim
        } catch {
            shared.setIdle(slot, because: error)
            return nil
        }
    }

    /// Takes the end of an attempt, to be stored now or a little later, and gives the next job for its slot, if the runner still takes any.
    /// - Parameter mustBeStored: What it made has to be noted before anything else happens.
    func next(after end: AttemptReport, mustBeStored: Bool) -> Claim? {
        let now = Clock.boottimeMilliseconds
        let mayTake = shared.isClaiming && !shared.isPressedBesideOne
        let mayWait = mayTake && !mustBeStored && shared.idleCount == 0
        let (next, ends) = backlog.withLock { backlog -> (Claim?, [AttemptReport]) in
            backlog.note(milliseconds: end.durationMilliseconds ?? 0)
            if mayWait, let next = backlog.exchange(end, now: now) { return (next, []) }
            return (mayTake ? backlog.takeClaim() : nil, backlog.takeEnded() + [end])
        }
        if ends.isEmpty { return next }
        return settle(ends, next)
    }

    /// When ``tidy()`` has something to do, by the boot clock in milliseconds.
    var due: Int64? { backlog.withLock { $0.due } }

    /// True if nothing is claimed ahead or still to be stored.
    var isSettled: Bool { backlog.withLock { $0.isEmpty } }

    /// Stores what has been put off for long enough, and gives back what was claimed ahead in vain. What cannot be stored is kept.
    func tidy() {
        let now = Clock.boottimeMilliseconds
        let mustEnd = !shared.isClaiming || shared.idleCount > 0
        let ends = backlog.withLock { backlog -> [AttemptReport] in
            guard let due = backlog.due, mustEnd || now >= due else { return [] }
            if !shared.isClaiming || backlog.hasStaleClaims(now: now) { backlog.abandonClaims() }
            return backlog.takeEnded()
        }
        guard !ends.isEmpty else { return }
        do throws(FarmError) { _ = try store(ends, claiming: nil) } catch {
            store.releaseReserve()
            backlog.withLock { $0.putBack(ends, now: now + Self.pauseMilliseconds) }
        }
    }

    /// Ends a job that was claimed ahead and is to be cancelled; false if it is none.
    func cancel(_ attempt: AttemptID) -> Bool { backlog.withLock { $0.cancel(attempt) } }

    /// Stores ends until the store takes them: a full disk passes, and a finished job must not be lost. Gives up only if the runner is told to
    /// die meanwhile.
    /// - Parameter next: A claim for the slot, if there is one already.
    private func settle(_ ends: [AttemptReport], _ next: Claim?) -> Claim? {
        var pause = Self.pauseMilliseconds
        while true {
            do throws(FarmError) {
                let result = try store(ends, claiming: next == nil ? request(ahead: backlog.withLock { $0.ahead }) : nil)
                if let claim = next ?? take(result) { return claim }
                // The attempts have ended: what the search for more meets is not their failure, and the loop searches again.
                return result.hasMore ? try? claim() : nil
            } catch {
                store.releaseReserve()
                if (try? store(ends, claiming: nil)) != nil { return next }
                observer.problem("cannot note the end of \(Self.names(ends)): \(error.message); trying again")
                if ends.contains(where: { shared.isKilled($0.attempt) }) { return nil }
            }
            _ = try? Poller.wait([], timeoutMilliseconds: pause)
            pause = min(30_000, pause * 2)
        }
    }

    private static func names(_ ends: [AttemptReport]) -> String {
        ends.last.map { "\($0.attempt)" + (ends.count > 1 ? " and \(ends.count - 1) more" : "") } ?? "nothing"
    }

    private func store(_ reports: [AttemptReport], claiming request: ClaimRequest?) throws(FarmError) -> ClaimResult {
        let (ended, result) = try store.finish(reports, claiming: request)
        for end in ended { shared.countEnd(end.outcome) }
        tell(ended.compactMap(\.job))
        note(result)
        return result
    }

    private func claim() throws(FarmError) -> Claim? {
        while let request = request() {
            let result = try store.claim(request)
            note(result)
            if result.claim != nil || !result.hasMore { return take(result) }
        }
        return nil
    }

    /// The first of the claims; the others lie ready for the slots that get free next.
    private func take(_ result: ClaimResult) -> Claim? {
        guard result.claims.count > 1 else { return result.claim }
        backlog.withLock { $0.put(result.claims.dropFirst(), now: Clock.boottimeMilliseconds) }
        shared.wakeLoop()
        return result.claim
    }

    private func request(ahead: Int = 0) -> ClaimRequest? {
        guard shared.isClaiming else { return nil }
        var request = ClaimRequest(
            runner: runner, abilities: options.abilities, isolation: options.isolation.rawValue, token: RandomBytes.make(16),
            inputs: RunnerInputs(environment: hostRoot.text, revisions: revisions))
        request.isPressed = shared.isPressedBesideOne
        request.share = options.share
        let isAlone = options.share != nil || options.runsOnce || request.isPressed || shared.idleCount > 0
        request.count = isAlone ? 1 : 1 + ahead
        return request
    }

    private func note(_ result: ClaimResult) {
        for _ in result.claims { shared.countClaim(limit: options.runsOnce ? 1 : nil) }
        for job in result.settled { shared.countEnd(.ended(job.state)) }
        tell(result.settled)
    }

    /// Tells of jobs that have changed.
    private func tell(_ jobs: [JobRecord]) {
        if !jobs.isEmpty { observer.jobsChanged(jobs) }
    }
}

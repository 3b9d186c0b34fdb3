import Execution
import FarmModel
import FarmStore
import HostSystem

/// One attempt from claim to finish, on the thread of its slot.
struct AttemptTurn {
    let context: AttemptContext
    let claims: ClaimSource
    let shared: RunnerShared
    let observer: RunnerObserver

    /// Runs the claim and reports its end, whatever happens.
    /// - Returns: the next job for the slot, if there is one.
    func take(_ claim: Claim, slot: Int) -> Claim? {
        let stop: StopRequest
        do throws(SystemError) { stop = try StopRequest() } catch {
            return finish(AttemptRun.report(claim, AttemptFailure(.infrastructure, "\(error)"), retry: RetryPolicy()), of: claim)
        }
        shared.begin(claim.attempt, stop: stop)
        observer.jobStarted(claim.identity, claim.attempt)
        var run = AttemptRun(context: context, shared: shared, claim: claim, slot: slot, stop: stop)
        let report = run.run()
        let next = finish(report, of: claim)
        run.cleanUp(isFollowed: next != nil)
        keepLog(of: claim, bytes: report.logBytes)
        shared.end(claim.attempt)
        return next
    }

    private func keepLog(of claim: Claim, bytes: Int64) {
        guard bytes >= LogArchive.smallestLog else { return }
        context.logs.add(context.store.directory.log(claim.build, claim.job, attempt: claim.number))
    }

    private func finish(_ report: AttemptReport, of claim: Claim) -> Claim? {
        guard let (outcome, next) = store(report) else { return nil }
        shared.countEnd(outcome)
        if let record = try? context.store.job(claim.job) { observer.jobChanged(record) }
        return next
    }

    /// Reports until the store takes it: a full disk passes, and a finished job must not be lost. nil if the runner is told to die meanwhile.
    private func store(_ report: AttemptReport) -> (FinishOutcome, next: Claim?)? {
        var pause: Int64 = 500
        while true {
            do throws(FarmError) { return try claims.next(after: report) } catch {
                context.store.releaseReserve()
                if let outcome = try? context.store.finish(report) { return (outcome, nil) }
                observer.notice("cannot note the end of \(report.attempt): \(error.message); trying again")
                if shared.isKilled(report.attempt) { return nil }
            }
            _ = try? Poller.wait([], timeoutMilliseconds: pause)
            pause = min(30_000, pause * 2)
        }
    }
}

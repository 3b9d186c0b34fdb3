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
            let report = AttemptRun.report(claim, AttemptFailure(.infrastructure, "\(error)"), retry: RetryPolicy())
            return claims.next(after: report, mustBeStored: true)
        }
        shared.begin(claim.attempt, stop: stop)
        observer.jobStarted(claim.identity, claim.attempt)
        var run = AttemptRun(context: context, shared: shared, claim: claim, slot: slot, stop: stop)
        let report = run.run()
        let next = claims.next(after: report, mustBeStored: !run.canWait)
        run.cleanUp(isFollowed: next != nil)
        keepLog(of: claim, bytes: report.logBytes)
        shared.end(claim.attempt)
        return next
    }

    private func keepLog(of claim: Claim, bytes: Int64) {
        guard bytes >= LogArchive.smallestLog else { return }
        context.logs.add(context.store.directory.log(claim.build, claim.job, attempt: claim.number))
    }
}

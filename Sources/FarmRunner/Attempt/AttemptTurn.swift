import Execution
import FarmModel
import FarmStore
import HostSystem

/// One attempt from claim to finish, on the thread of its slot.
struct AttemptTurn {
    let context: AttemptContext
    let shared: RunnerShared
    let observer: RunnerObserver

    /// Runs the claim and reports its end, whatever happens.
    func take(_ claim: Claim, slot: Int) {
        let stop: StopRequest
        do throws(SystemError) { stop = try StopRequest() } catch {
            finish(AttemptRun.report(claim, AttemptFailure(.infrastructure, "\(error)"), retry: RetryPolicy()), of: claim)
            return
        }
        shared.begin(claim.attempt, stop: stop)
        observer.jobStarted(claim.identity, claim.attempt)
        var run = AttemptRun(context: context, shared: shared, claim: claim, slot: slot, stop: stop)
        let report = run.run()
        finish(report, of: claim)
        run.cleanUp()
        keepLog(of: claim, bytes: report.logBytes)
        shared.end(claim.attempt)
    }

    private func keepLog(of claim: Claim, bytes: Int64) {
        guard bytes >= LogArchive.smallestLog else { return }
        context.logs.add(context.store.directory.log(claim.build, claim.job, attempt: claim.number))
    }

    private func finish(_ report: AttemptReport, of claim: Claim) {
        guard let outcome = store(report) else { return }
        shared.countEnd(outcome)
        if let record = try? context.store.job(claim.job) { observer.jobChanged(record) }
    }

    /// Reports until the store takes it: a full disk passes, and a finished job must not be lost. nil if the runner is told to die meanwhile.
    private func store(_ report: AttemptReport) -> FinishOutcome? {
        var pause: Int64 = 500
        while true {
            do throws(FarmError) { return try context.store.finish(report) } catch {
                context.store.releaseReserve()
                if let outcome = try? context.store.finish(report) { return outcome }
                observer.notice("cannot note the end of \(report.attempt): \(error.message); trying again")
                if shared.isKilled(report.attempt) { return nil }
            }
            _ = try? Poller.wait([], timeoutMilliseconds: pause)
            pause = min(30_000, pause * 2)
        }
    }
}

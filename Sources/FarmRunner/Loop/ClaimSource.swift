import Execution
import FarmModel
import FarmStore
import HostSystem

/// Claims jobs for the slots of one runner.
struct ClaimSource: Sendable {
    let store: Store
    let filter: ClaimFilter
    let runner: RunnerID
    let options: RunnerOptions
    let shared: RunnerShared

    /// A job for an idle slot, or nil and the slot stays idle.
    func first(for slot: Int) -> Claim? {
        do throws(FarmError) {
            guard let request, let claim = try store.claim(request) else {
                shared.setIdle(slot)
                return nil
            }
            count()
            return claim
        } catch {
            shared.setIdle(slot, because: error)
            return nil
        }
    }

    /// Ends an attempt and takes the next job for its slot, if the runner still takes any.
    func next(after report: AttemptReport) throws(FarmError) -> (outcome: FinishOutcome, next: Claim?) {
        let finished = try store.finish(report, claiming: request)
        if finished.next != nil { count() }
        return finished
    }

    private var request: ClaimRequest? {
        guard shared.isClaiming else { return nil }
        return ClaimRequest(filter: filter, runner: runner, isolation: options.isolation.rawValue, token: RandomBytes.make(16))
    }

    private func count() { shared.countClaim(limit: options.runsOnce ? 1 : nil) }
}

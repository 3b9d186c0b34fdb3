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

    /// The next job of a busy slot, or nil and the slot is idle.
    func next(for slot: Int) -> Claim? {
        do throws(FarmError) {
            if let claim = try claim() { return claim }
            shared.setIdle(slot)
        } catch {
            shared.setIdle(slot, because: error)
        }
        return nil
    }

    /// Claims one job if the runner still takes any.
    func claim() throws(FarmError) -> Claim? {
        guard shared.isClaiming else { return nil }
        let claim = try store.claim(filter, runner: runner, isolation: options.isolation.rawValue, token: RandomBytes.make(16))
        if claim != nil { shared.countClaim(limit: options.runsOnce ? 1 : nil) }
        return claim
    }
}

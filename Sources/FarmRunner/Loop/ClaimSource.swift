import Execution
import FarmModel
import FarmStore
import HostSystem

/// Claims jobs for the slots of one runner.
struct ClaimSource: Sendable {
    let store: Store
    let runner: RunnerID
    let options: RunnerOptions
    let shared: RunnerShared
    let hostRoot: HostRootDigest
    let revisions: [String: Int]
    /// Told of jobs that ended without being run.
    let settled: @Sendable (JobID) -> Void

    /// A job for an idle slot, or nil and the slot stays idle.
    func first(for slot: Int) -> Claim? {
        do throws(FarmError) {
            guard let claim = try take({ request throws(FarmError) in try store.claim(request) }) else {
                shared.setIdle(slot)
                return nil
            }
            return claim
        } catch {
            shared.setIdle(slot, because: error)
            return nil
        }
    }

    /// Ends an attempt and takes the next job for its slot, if the runner still takes any.
    func next(after report: AttemptReport) throws(FarmError) -> (outcome: FinishOutcome, next: Claim?) {
        let (outcome, result) = try store.finish(report, claiming: request)
        tell(result)
        if result.claim != nil || !result.hasMore { return (outcome, result.claim) }
        // The attempt has ended: what the search for more meets is not its failure, and the loop searches again.
        let next = try? take { request throws(FarmError) in try store.claim(request) }
        return (outcome, next ?? nil)
    }

    private func take(_ claim: (ClaimRequest) throws(FarmError) -> ClaimResult) throws(FarmError) -> Claim? {
        while let request {
            let result = try claim(request)
            tell(result)
            if result.claim != nil || !result.hasMore { return result.claim }
        }
        return nil
    }

    private var request: ClaimRequest? {
        guard shared.isClaiming else { return nil }
        var request = ClaimRequest(
            runner: runner, abilities: options.abilities, isolation: options.isolation.rawValue, token: RandomBytes.make(16),
            inputs: RunnerInputs(environment: hostRoot.text, revisions: revisions))
        request.isPressed = shared.isPressedBesideOne
        return request
    }

    private func tell(_ result: ClaimResult) {
        if result.claim != nil { count() }
        for job in result.settled { settled(job) }
    }

    private func count() { shared.countClaim(limit: options.runsOnce ? 1 : nil) }
}

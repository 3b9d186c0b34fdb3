internal import FarmModel
internal import FarmStore

/// Finds the attempts that are meant.
struct AttemptFinder {
    let store: any Farm

    /// An attempt, or the newest one of a job.
    func attempt(of target: Target) throws(FarmError) -> AttemptID {
        switch target {
        case .attempt(let attempt): return attempt
        case .job(let job):
            guard let newest = try store.attempts(of: job).last else {
                let record = try store.job(job)
                let reason = record.isUnchanged ? "was unchanged" : "is \(record.state.rawValue)"
                throw FarmError(
                    .noInput, "\(job) (\(record.identity)) \(reason) and has no attempt; see bf-status --history \(record.identity)")
            }
            return newest.id
        case .build(let build): throw FarmError(.usage, "\(build) is a build; name an attempt or a job")
        case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; name an attempt or a job")
        }
    }

    /// Two attempts, or the last good one before an attempt and that attempt.
    func pair(_ targets: [Target]) throws(FarmError) -> (AttemptID, AttemptID) {
        guard let first = targets.first, targets.count <= 2 else {
            throw FarmError(.usage, "--diff takes one or two attempts or jobs")
        }
        let attempt = try attempt(of: first)
        if targets.count == 2 { return (attempt, try self.attempt(of: targets[1])) }
        let identity = try store.job(store.attempt(attempt).job).identity
        guard let good = try store.lastGood(before: attempt, of: identity) else {
            throw FarmError(.noInput, "there is no good attempt of \(identity) before \(attempt); name two attempts to compare them")
        }
        guard !good.isCollected else {
            throw FarmError(
                .noInput, "the last good attempt of \(identity), \(good.id), was collected; see bf-status --history \(identity)")
        }
        return (good.id, attempt)
    }
}

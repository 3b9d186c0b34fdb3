internal import FarmModel
internal import FarmStore

/// Answers whether everything named has succeeded.
struct StatusPredicate {
    let store: any Farm

    func holds(for targets: [Target]) throws(FarmError) -> Bool {
        for target in targets where try !hasSucceeded(target) { return false }
        return true
    }

    private func hasSucceeded(_ target: Target) throws(FarmError) -> Bool {
        switch target {
        case .build(let build): try store.build(build).state == .success
        case .job(let job): try store.job(job).state == .success
        case .attempt(let attempt): try store.attempt(attempt).state == .success
        case .runner: throw FarmError(.usage, "--check takes builds, jobs and attempts")
        }
    }
}

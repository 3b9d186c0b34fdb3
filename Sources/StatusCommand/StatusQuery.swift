internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Finds the rows that a status asks for.
struct StatusQuery {
    let store: Store
    let failed: Bool
    let running: Bool

    private static let recentBuilds = 20

    func rows(_ targets: [Target], runners: Bool) throws(FarmError) -> [StatusRow] {
        if runners { return try store.runners().map { StatusRow($0) } }
        if targets.isEmpty { return try recent() }
        var rows: [StatusRow] = []
        for target in targets { rows += try self.rows(target) }
        return rows
    }

    private func recent() throws(FarmError) -> [StatusRow] {
        let builds = try store.recentBuilds(finished: Self.recentBuilds)
        return builds.filter { matches(failed: $0.tally.failed > 0, running: $0.state == .running) }.map { StatusRow($0) }
    }

    private func rows(_ target: Target) throws(FarmError) -> [StatusRow] {
        switch target {
        case .build(let build):
            // A filter asks for jobs: a build beside them would pass its id on to the next tool of a pipeline, and so all its jobs.
            return failed || running ? try jobs(of: build) : try [StatusRow(store.build(build))] + jobs(of: build)
        case .job(let id):
            let job = try store.job(id)
            guard failed || running else { return try [StatusRow(job)] + store.attempts(of: id).map { StatusRow($0) } }
            return matches(failed: job.state == .failed, running: job.state == .running) ? [StatusRow(job)] : []
        case .attempt(let id):
            let attempt = try store.attempt(id)
            return matches(failed: attempt.state == .failed, running: attempt.state == .running) ? [StatusRow(attempt)] : []
        case .runner(let runner): return try store.runners().filter { $0.id == runner }.map { StatusRow($0) }
        }
    }

    private func jobs(of build: BuildID) throws(FarmError) -> [StatusRow] {
        try store.jobs(of: build).filter { matches(failed: $0.state == .failed, running: $0.state == .running) }.map { StatusRow($0) }
    }

    private func matches(failed isFailed: Bool, running isRunning: Bool) -> Bool {
        (!failed && !running) || (failed && isFailed) || (running && isRunning)
    }
}

/// Answers whether everything named has succeeded.
struct StatusPredicate {
    let store: Store

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

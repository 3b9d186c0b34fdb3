internal import FarmModel
internal import FarmStore

/// One attempt whose log is to be printed.
struct ChosenLog {
    var job: JobRecord
    var number: Int
}

/// Finds the logs that ids mean.
struct LogChoice {
    let store: Store
    let failed: Bool

    func logs(of targets: [Target]) throws(FarmError) -> [ChosenLog] {
        var logs: [ChosenLog] = []
        for target in targets {
            switch target {
            case .build(let build): logs += try of(store.jobs(of: build))
            case .job(let id):
                let job = try store.job(id)
                if !failed || job.state == .failed { logs.append(try newest(job)) }
            case .attempt(let id):
                let attempt = try store.attempt(id)
                guard !failed || attempt.state == .failed else { continue }
                logs.append(ChosenLog(job: try store.job(attempt.job), number: attempt.number))
            case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; give builds, jobs or attempts")
            }
        }
        return logs
    }

    /// The failed jobs of the newest build.
    func newestFailed() throws(FarmError) -> [ChosenLog] {
        guard let build = try store.recentBuilds(finished: 1).max(by: { $0.id < $1.id }) else { return [] }
        return try of(store.jobs(of: build.id))
    }

    private func of(_ jobs: [JobRecord]) throws(FarmError) -> [ChosenLog] {
        jobs.filter { $0.attempts > 0 && (!failed || $0.state == .failed) }.map { ChosenLog(job: $0, number: $0.attempts) }
    }

    private func newest(_ job: JobRecord) throws(FarmError) -> ChosenLog {
        guard job.attempts > 0 else {
            throw FarmError(.noInput, "\(job.id) (\(job.identity)) is \(job.state.rawValue) and has not started: there is no log yet")
        }
        return ChosenLog(job: job, number: job.attempts)
    }
}

internal import FarmModel
internal import FarmStore

/// One attempt whose log is to be printed.
struct ChosenLog {
    var job: JobRecord
    var number: Int
    /// Whether just this attempt is meant, not the newest one of the job.
    var isPinned: Bool
}

/// Finds the logs that ids mean.
struct LogChoice {
    let store: any Farm
    /// Only failed jobs.
    var onlyFailed = false
    /// This attempt of each job instead of the newest.
    var attempt: Int?
    /// Also of the jobs that need the named ones.
    var withDependents = false

    /// What ids name; runners have no logs, and dependents are added.
    func targets(_ names: [String]) throws(FarmError) -> [Target] {
        var targets: [Target] = []
        for name in names {
            let target = try store.resolve(name)
            targets.append(target)
            switch target {
            case .runner(let runner):
                throw FarmError(.usage, "\(runner) is a runner, which has no log; give builds, jobs or attempts")
            case .attempt(let id) where attempt != nil:
                throw FarmError(.usage, "\(id) is an attempt already; --attempt goes with builds and jobs")
            case .job(let id) where withDependents: targets += try dependents(of: id).map(Target.job)
            case .build, .job, .attempt: break
            }
        }
        return targets
    }

    /// The newest build; nil if there is none.
    func newestBuild() throws(FarmError) -> Target? {
        try store.recentBuilds(finished: 1).map(\.id).max().map(Target.build)
    }

    /// The logs that there are now.
    func logs(of targets: [Target]) throws(FarmError) -> [ChosenLog] {
        let all = try followed(targets)
        if targets.count == 1, case .job = targets[0], let log = all.first { try requireLog(log) }
        let logs = all.filter { $0.number > 0 && $0.number <= $0.job.attempts && (!onlyFailed || $0.job.state == .failed) }
        if let attempt, logs.isEmpty, !targets.isEmpty, !onlyFailed { throw FarmError(.noInput, "no job here has \(attempt) attempts") }
        return logs
    }

    /// Each job and attempt that belongs to the targets, once, also those that have not started.
    func followed(_ targets: [Target]) throws(FarmError) -> [ChosenLog] {
        var (logs, seen) = ([] as [ChosenLog], [] as Set<[Int64]>)
        for target in targets {
            for log in try self.logs(of: target) where seen.insert([log.job.id.number, log.isPinned ? Int64(log.number) : 0]).inserted {
                logs.append(log)
            }
        }
        return logs
    }

    private func logs(of target: Target) throws(FarmError) -> [ChosenLog] {
        switch target {
        case .build(let build):
            var logs: [ChosenLog] = []
            for job in try store.jobs(of: build) { logs.append(chosen(try store.jobWithLog(of: job))) }
            return logs
        case .job(let id): return [chosen(try store.jobWithLog(of: store.job(id)))]
        case .attempt(let id):
            let attempt = try store.attempt(id)
            return [ChosenLog(job: try store.job(attempt.job), number: attempt.number, isPinned: true)]
        case .runner: return []
        }
    }

    private func chosen(_ job: JobRecord) -> ChosenLog {
        ChosenLog(job: job, number: attempt ?? job.attempts, isPinned: attempt != nil)
    }

    private func requireLog(_ log: ChosenLog) throws(FarmError) {
        if log.job.attempts == 0 { throw FarmError(.noInput, MissingLog.reason(log.job)) }
        guard log.number > log.job.attempts else { return }
        throw FarmError(.noInput, MissingLog.reason(log.job, beyond: log.number))
    }

    private func dependents(of job: JobID) throws(FarmError) -> [JobID] {
        let build = try store.job(job).build
        let needers = Dictionary(grouping: try store.edges(of: build), by: \.need)
        var (found, waiting) = ([job] as Set<JobID>, [job])
        while let next = waiting.popLast() {
            for edge in needers[next] ?? [] where found.insert(edge.job).inserted { waiting.append(edge.job) }
        }
        return try store.jobs(of: build).map(\.id).filter { $0 != job && found.contains($0) }
    }
}

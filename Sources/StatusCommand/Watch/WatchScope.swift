internal import FarmModel
internal import FarmStore

/// What is looked at: some builds and jobs, or everything.
struct WatchScope {
    /// The builds to look at; nil for all.
    let builds: [BuildID]?
    /// Within their builds, only these jobs; empty for all.
    let jobs: Set<JobID>

    /// - Throws: `usage` for a runner.
    init(_ store: any Farm, _ targets: [Target]) throws(FarmError) {
        var builds: [BuildID] = []
        var jobs: Set<JobID> = []
        for target in targets {
            switch target {
            case .build(let build): builds.append(build)
            case .job(let id):
                jobs.insert(id)
                builds.append(try store.job(id).build)
            case .attempt(let id):
                let attempt = try store.attempt(id)
                jobs.insert(attempt.job)
                builds.append(attempt.build)
            case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; --watch takes builds and jobs")
            }
        }
        self.builds = targets.isEmpty ? nil : Array(Set(builds)).sorted()
        self.jobs = jobs
    }

    /// Whether an event is about what is looked at.
    func includes(_ event: EventRecord) -> Bool {
        guard let builds else { return true }
        guard let build = event.build, builds.contains(build) else { return false }
        guard !jobs.isEmpty, let job = event.job else { return true }
        return jobs.contains(job)
    }

    /// Whether nothing more will happen to it.
    func isOver(_ store: any Farm) throws(FarmError) -> Bool {
        guard let builds else { return false }
        if !jobs.isEmpty {
            for job in jobs where try !store.job(job).state.isTerminal { return false }
            return true
        }
        for build in builds where try !store.build(build).state.isTerminal { return false }
        return true
    }

    /// The builds to show now.
    func records(_ store: any Farm) throws(FarmError) -> [BuildRecord] {
        guard let builds else { return try store.recentBuilds(finished: 0) }
        var records: [BuildRecord] = []
        for build in builds { records.append(try store.build(build)) }
        return records
    }
}

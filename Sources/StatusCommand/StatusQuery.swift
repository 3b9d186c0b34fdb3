internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Finds the rows that a status asks for, and gives each as it is found.
struct StatusQuery {
    let store: any Farm
    let filter: StatusFilter
    let show: (StatusRow) throws -> Void

    /// Jobs of a build are read so many at a time, as nobody who writes may wait for a long reader.
    private static let pageSize = 1000

    /// The rows of these targets; without any, the recent builds or the jobs of a package.
    func run(_ targets: [Target]) throws {
        guard targets.isEmpty else {
            for target in targets { try rows(target) }
            return
        }
        if filter.package != nil {
            for job in try store.jobs(filter.jobs, newest: filter.jobLimit) { try show(StatusRow(job)) }
        } else {
            for build in try store.builds(filter.builds, finished: filter.buildLimit) { try show(StatusRow(build)) }
        }
    }

    private func rows(_ target: Target) throws {
        switch target {
        case .build(let build):
            var record = try store.build(build)
            if !filter.choosesJobs {
                var forecaster = store.forecaster(of: build)
                record.forecast = try forecaster.forecast(record)
            }
            // A filter asks for jobs: a build beside them would pass its id on to the next tool of a pipeline, and so all its jobs.
            if !filter.choosesJobs { try show(StatusRow(record)) }
            try jobs(of: build)
        case .job(let id):
            var job = try store.job(id)
            job.verified = try store.newestVerdict(of: id)
            if !filter.choosesJobs {
                try show([job])
                for attempt in try store.attempts(of: id) { try show(StatusRow(attempt)) }
            } else if try filter.jobs.admits(job) {
                try show([job])
            }
        case .attempt(let id):
            let attempt = try store.attempt(id)
            if try filter.jobs.admits(attempt) { try show(StatusRow(attempt)) }
        case .runner(let runner):
            for record in try store.runners() where record.id == runner { try show(StatusRow(record)) }
        }
    }

    private func jobs(of build: BuildID) throws {
        let jobs = try filter.jobs
        var place: Int64? = 0
        while let start = place {
            let page = try store.jobs(of: build, jobs, from: start, atMost: Self.pageSize)
            try show(page.jobs)
            place = page.next
        }
    }

    /// Jobs that do not run say why.
    private func show(_ jobs: [JobRecord]) throws {
        let reasons = try store.waits(of: jobs.filter { !$0.state.isTerminal }.map(\.id))
        for job in jobs { try show(StatusRow(job, waits: reasons[job.id])) }
    }
}

extension JobFilter {
    /// Whether one job fits, whatever its name.
    fileprivate func admits(_ job: JobRecord) -> Bool {
        (states?.contains(job.state) ?? true) && isRecent(job.endedMilliseconds)
    }

    /// Whether one attempt fits.
    fileprivate func admits(_ attempt: AttemptRecord) -> Bool {
        (states.map { $0.contains { $0.rawValue == attempt.state.rawValue } } ?? true) && isRecent(attempt.endedMilliseconds)
    }

    private func isRecent(_ ended: Int64?) -> Bool { since.map { since in ended.map { $0 >= since } ?? true } ?? true }
}

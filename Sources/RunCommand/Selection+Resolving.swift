internal import FarmModel
internal import FarmStore

extension Selection {
    /// The builds and jobs that ids mean.
    init(resolving ids: [String], _ store: Store) throws(FarmError) {
        self.init()
        for id in ids {
            switch try store.resolve(id) {
            case .build(let build): builds.insert(build)
            case .job(let job): jobs.insert(job)
            case .attempt(let attempt): jobs.insert(try store.attempt(attempt).job)
            case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; give builds or jobs")
            }
        }
    }
}

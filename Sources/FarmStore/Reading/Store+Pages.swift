public import FarmModel

extension Store {
    /// The newest builds that fit, newest first: those before a build, and the one to go on before; nil when there are no more.
    public func builds(
        _ filter: BuildFilter, before cursor: BuildID? = nil, atMost limit: Int
    ) throws(FarmError) -> (builds: [BuildRecord], next: BuildID?) {
        let (condition, values) = filter.condition
        let builds = try read { database throws(FarmError) in
            try RecordReader(database).builds(
                "WHERE id < ? AND \(condition) ORDER BY id DESC LIMIT ?", [cursor?.number ?? Int64.max] + values + [limit + 1])
        }
        let page = Array(builds.prefix(limit))
        return (page, builds.count > limit ? page.last?.id : nil)
    }

    /// The newest jobs of all builds that fit, newest first: those before a job, and the one to go on before; nil when there are no more.
    public func jobs(
        _ filter: JobFilter, before cursor: JobID? = nil, atMost limit: Int
    ) throws(FarmError) -> (jobs: [JobRecord], next: JobID?) {
        let (condition, values) = filter.condition
        let jobs = try read { database throws(FarmError) in
            try RecordReader(database).jobs(
                "WHERE j.id < ? AND \(condition) ORDER BY j.id DESC LIMIT ?", [cursor?.number ?? Int64.max] + values + [limit + 1])
        }
        let page = Array(jobs.prefix(limit))
        return (page, jobs.count > limit ? page.last?.id : nil)
    }

    /// The build that an id or a unique prefix names.
    /// - Throws: `usage` if the text is no id of a build, `noInput` if nothing matches, `badInput` if several do.
    public func build(named text: String) throws(FarmError) -> BuildID {
        guard case .build(let build) = try resolve(text) else { throw FarmError(.usage, "\(text) is not the id of a build") }
        return build
    }

    /// The job that an id or a unique prefix names.
    /// - Throws: As ``build(named:)``.
    public func job(named text: String) throws(FarmError) -> JobID {
        guard case .job(let job) = try resolve(text) else { throw FarmError(.usage, "\(text) is not the id of a job") }
        return job
    }

    /// The attempt that an id or a unique prefix names.
    /// - Throws: As ``build(named:)``.
    public func attempt(named text: String) throws(FarmError) -> AttemptID {
        guard case .attempt(let attempt) = try resolve(text) else { throw FarmError(.usage, "\(text) is not the id of an attempt") }
        return attempt
    }
}

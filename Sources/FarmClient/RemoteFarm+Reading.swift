internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    public func resolve(_ text: String) throws(FarmError) -> Target { try ask(FarmQueries.resolve, text) }

    public func build(_ id: BuildID) throws(FarmError) -> BuildRecord { try ask(FarmQueries.build, id) }

    public func job(_ id: JobID) throws(FarmError) -> JobRecord { try ask(FarmQueries.job, id) }

    public func attempt(_ id: AttemptID) throws(FarmError) -> AttemptRecord { try ask(FarmQueries.attempt, id) }

    public func recentBuilds(finished limit: Int) throws(FarmError) -> [BuildRecord] { try ask(FarmQueries.recentBuilds, limit) }

    public func builds(_ filter: BuildFilter, finished limit: Int?) throws(FarmError) -> [BuildRecord] {
        try ask(FarmQueries.builds, Limited(filter, limit: limit))
    }

    public func jobs(of build: BuildID) throws(FarmError) -> [JobRecord] { try ask(FarmQueries.jobsOfBuild, build) }

    public func jobs(_ filter: JobFilter, newest limit: Int?) throws(FarmError) -> [JobRecord] {
        try ask(FarmQueries.newestJobs, Limited(filter, limit: limit))
    }

    public func jobs(
        of build: BuildID, _ filter: JobFilter, from place: Int64, atMost limit: Int
    ) throws(FarmError) -> (jobs: [JobRecord], next: Int64?) {
        let page = try ask(FarmQueries.jobPage, JobPageRequest(build: build, filter: filter, place: place, limit: limit))
        return (page.jobs, page.next)
    }

    public func attempts(of job: JobID) throws(FarmError) -> [AttemptRecord] { try ask(FarmQueries.attempts, job) }

    public func edges(of build: BuildID) throws(FarmError) -> [(job: JobID, need: JobID)] {
        let jobs = try ask(FarmQueries.edges, build)
        return stride(from: 0, to: jobs.count - 1, by: 2).map { (jobs[$0], jobs[$0 + 1]) }
    }

    public func artifacts(of job: JobID) throws(FarmError) -> [ArtifactRecord] { try ask(FarmQueries.artifacts, job) }

    public func goodResults(of package: String) throws(FarmError) -> [GoodResult] { try ask(FarmQueries.goodResults, package) }

    public func packageNames() throws(FarmError) -> [String] { try ask(FarmQueries.packageNames, NoValue()) }

    public func tree(startingWith text: String) throws(FarmError) -> Digest { try ask(FarmQueries.tree, text) }

    public func newestVerdict(of job: JobID) throws(FarmError) -> VerificationRecord.Verdict? { try ask(FarmQueries.newestVerdict, job) }

    public var content: any BlobSource { RemoteBlobs(connection: connection) }
}

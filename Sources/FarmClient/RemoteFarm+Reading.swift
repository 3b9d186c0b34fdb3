internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    /// What an id, or a unique start of one, means.
    public func resolve(_ text: String) throws(FarmError) -> Target { try ask(FarmQueries.resolve, text) }

    /// A build.
    public func build(_ id: BuildID) throws(FarmError) -> BuildRecord { try ask(FarmQueries.build, id) }

    /// A job.
    public func job(_ id: JobID) throws(FarmError) -> JobRecord { try ask(FarmQueries.job, id) }

    /// An attempt.
    public func attempt(_ id: AttemptID) throws(FarmError) -> AttemptRecord { try ask(FarmQueries.attempt, id) }

    /// The unfinished builds and the newest finished ones, oldest first.
    public func recentBuilds(finished limit: Int) throws(FarmError) -> [BuildRecord] { try ask(FarmQueries.recentBuilds, limit) }

    /// The unfinished builds and the newest finished ones that fit, oldest first; nil for all of them.
    public func builds(_ filter: BuildFilter, finished limit: Int?) throws(FarmError) -> [BuildRecord] {
        try ask(FarmQueries.builds, Limited(filter, limit: limit))
    }

    /// All jobs of a build in the order of its documents.
    public func jobs(of build: BuildID) throws(FarmError) -> [JobRecord] { try ask(FarmQueries.jobsOfBuild, build) }

    /// The newest jobs of all builds that fit, oldest first; nil for all of them.
    public func jobs(_ filter: JobFilter, newest limit: Int?) throws(FarmError) -> [JobRecord] {
        try ask(FarmQueries.newestJobs, Limited(filter, limit: limit))
    }

    /// Some jobs of a build that fit, from a place on, and the place after them; nil when there are no more.
    public func jobs(
        of build: BuildID, _ filter: JobFilter, from place: Int64, atMost limit: Int
    ) throws(FarmError) -> (jobs: [JobRecord], next: Int64?) {
        let page = try ask(FarmQueries.jobPage, JobPageRequest(build: build, filter: filter, place: place, limit: limit))
        return (page.jobs, page.next)
    }

    /// The attempts of a job, oldest first.
    public func attempts(of job: JobID) throws(FarmError) -> [AttemptRecord] { try ask(FarmQueries.attempts, job) }

    /// Which job of a build needs which other.
    public func edges(of build: BuildID) throws(FarmError) -> [(job: JobID, need: JobID)] {
        let jobs = try ask(FarmQueries.edges, build)
        return stride(from: 0, to: jobs.count - 1, by: 2).map { (jobs[$0], jobs[$0 + 1]) }
    }

    /// The artifacts of a job.
    public func artifacts(of job: JobID) throws(FarmError) -> [ArtifactRecord] { try ask(FarmQueries.artifacts, job) }

    /// The newest good results of a package, one for each architecture and matrix cell.
    public func goodResults(of package: String) throws(FarmError) -> [GoodResult] { try ask(FarmQueries.goodResults, package) }

    /// The names of all packages that have jobs.
    public func packageNames() throws(FarmError) -> [String] { try ask(FarmQueries.packageNames, NoValue()) }

    /// The tree whose digest starts with a text.
    public func tree(startingWith text: String) throws(FarmError) -> Digest { try ask(FarmQueries.tree, text) }

    /// What the newest rebuild of a job said.
    public func newestVerdict(of job: JobID) throws(FarmError) -> VerificationRecord.Verdict? { try ask(FarmQueries.newestVerdict, job) }

    /// The files behind the digests.
    public var content: any BlobSource { RemoteBlobs(connection: connection) }
}

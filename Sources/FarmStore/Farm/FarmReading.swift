public import FarmModel

/// Records of a farm by their ids and by filters. The errors are those of the ``Store``.
public protocol FarmReading: Sendable {
    /// What an id, or a unique start of one, means.
    func resolve(_ text: String) throws(FarmError) -> Target

    /// A build.
    func build(_ id: BuildID) throws(FarmError) -> BuildRecord

    /// A job.
    func job(_ id: JobID) throws(FarmError) -> JobRecord

    /// An attempt.
    func attempt(_ id: AttemptID) throws(FarmError) -> AttemptRecord

    /// The unfinished builds and the newest finished ones, oldest first.
    func recentBuilds(finished limit: Int) throws(FarmError) -> [BuildRecord]

    /// The unfinished builds and the newest finished ones that fit, oldest first; nil for all of them.
    func builds(_ filter: BuildFilter, finished limit: Int?) throws(FarmError) -> [BuildRecord]

    /// All jobs of a build in the order of its documents.
    func jobs(of build: BuildID) throws(FarmError) -> [JobRecord]

    /// The newest jobs of all builds that fit, oldest first; nil for all of them.
    func jobs(_ filter: JobFilter, newest limit: Int?) throws(FarmError) -> [JobRecord]

    /// Some jobs of a build that fit, from a place on, and the place after them; nil when there are no more.
    func jobs(
        of build: BuildID, _ filter: JobFilter, from place: Int64, atMost limit: Int
    ) throws(FarmError) -> (jobs: [JobRecord], next: Int64?)

    /// The attempts of a job, oldest first.
    func attempts(of job: JobID) throws(FarmError) -> [AttemptRecord]

    /// Which job of a build needs which other.
    func edges(of build: BuildID) throws(FarmError) -> [(job: JobID, need: JobID)]

    /// The artifacts of a job.
    func artifacts(of job: JobID) throws(FarmError) -> [ArtifactRecord]

    /// The newest good results of a package, one for each architecture and matrix cell.
    func goodResults(of package: String) throws(FarmError) -> [GoodResult]

    /// The names of all packages that have jobs.
    func packageNames() throws(FarmError) -> [String]

    /// The tree whose digest starts with a text.
    func tree(startingWith text: String) throws(FarmError) -> Digest

    /// What the newest rebuild of a job said.
    func newestVerdict(of job: JobID) throws(FarmError) -> VerificationRecord.Verdict?

    /// The files behind the digests.
    var content: any BlobSource { get }
}

extension Store {
    /// The files behind the digests.
    public var content: any BlobSource { blobs }
}

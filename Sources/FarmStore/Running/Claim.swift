public import FarmModel

/// A job that a runner has taken, with all it needs to run it.
public struct Claim: Sendable {
    /// The attempt that the claim started.
    public var attempt: AttemptID
    /// Its number within the job, from 1.
    public var number: Int
    /// Proves ownership in every later report.
    public var token: [UInt8]
    /// The job.
    public var job: JobID
    /// Its build.
    public var build: BuildID
    /// The job's identity.
    public var identity: JobIdentity
    /// The recipe of its document.
    public var recipe: String
    /// The document as JSON text.
    public var document: String
    /// The plan's digest, from submission.
    public var planDigest: Digest
}

/// A runner's wish for a job.
public struct ClaimRequest: Sendable {
    /// What it can take.
    public var filter: ClaimFilter
    /// The runner.
    public var runner: RunnerID
    /// How it isolates jobs, for the record.
    public var isolation: String
    /// Random bytes that will prove ownership.
    public var token: [UInt8]

    /// Creates a request.
    public init(filter: ClaimFilter, runner: RunnerID, isolation: String, token: [UInt8]) {
        self.filter = filter
        self.runner = runner
        self.isolation = isolation
        self.token = token
    }
}

/// What a runner can take now.
public struct ClaimFilter: Sendable {
    /// Tells whether the runner can do what a job asks.
    public var admits: @Sendable (Requirement) -> Bool
    /// Only these builds and jobs; nil means everything.
    public var selection: Selection?

    /// Creates a filter.
    public init(selection: Selection? = nil, admits: @escaping @Sendable (Requirement) -> Bool) {
        self.admits = admits
        self.selection = selection
    }
}

/// A choice of builds and jobs.
public struct Selection: Sendable, Equatable {
    /// All jobs of these builds.
    public var builds: Set<BuildID>
    /// These jobs alone; what they need is chosen by whoever makes the selection.
    public var jobs: Set<JobID>

    /// Creates a choice.
    public init(builds: Set<BuildID> = [], jobs: Set<JobID> = []) {
        self.builds = builds
        self.jobs = jobs
    }

    /// True if nothing is chosen.
    public var isEmpty: Bool { builds.isEmpty && jobs.isEmpty }
}

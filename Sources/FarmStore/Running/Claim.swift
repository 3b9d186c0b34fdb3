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
    /// Everything that goes into it, if that is known already: then no other job has the result or is about to make it.
    public var inputs: InputParts?
    /// The digest of ``inputs``.
    public var inputDigest: Digest?
    /// The address of the backend that is to run it; nil for the runner's own machine.
    public var backend: String?
    /// How it is kept apart from the machine, for the record.
    public var isolation: String
}

/// What a runner's wish for a job led to.
public struct ClaimResult: Sendable {
    /// The jobs to run, the best first; fewer than asked for if there are no more.
    public var claims: [Claim] = []
    /// Jobs that ended on the way without being run: unchanged ones, and those whose failure is remembered.
    public var settled: [JobRecord] = []
    /// True if there may be more, but so many were settled that others shall have their turn first.
    public var hasMore = false

    /// The best of the jobs to run, if there is one.
    public var claim: Claim? { claims.first }
}

/// What a runner contributes to the inputs of the jobs that it takes.
public struct RunnerInputs: Sendable {
    /// What the host's root file system is.
    public var environment: String
    /// The revision of each recipe by name.
    public var revisions: [String: Int]

    /// Creates them.
    public init(environment: String, revisions: [String: Int]) {
        self.environment = environment
        self.revisions = revisions
    }
}

/// A runner's wish for jobs.
public struct ClaimRequest: Sendable {
    /// The runner.
    public var runner: RunnerID
    /// What it can do.
    public var abilities: RunnerAbilities
    /// How many at most; at least 1.
    public var count = 1
    /// True while memory or disk is short and it has a job already.
    public var isPressed = false
    /// How it isolates jobs, for the record.
    public var isolation: String
    /// What it gives to the pool, if it reaches the farm's backends too.
    public var share: PoolShare?
    /// Random bytes that will prove ownership of all of them.
    public var token: [UInt8]
    /// What decides with the rest whether a job is unchanged; nil runs every job.
    public var inputs: RunnerInputs?

    /// Creates a request.
    public init(runner: RunnerID, abilities: RunnerAbilities, isolation: String, token: [UInt8], inputs: RunnerInputs? = nil) {
        self.runner = runner
        self.abilities = abilities
        self.isolation = isolation
        self.token = token
        self.inputs = inputs
    }
}

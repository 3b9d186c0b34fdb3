import FarmModel

/// What is to become of a job whose inputs are known.
enum Decision {
    /// Nobody has its result.
    case run
    /// A good job had the same inputs: its result is taken.
    case unchanged(Precedent)
    /// A job with the same inputs is running: its end is waited for.
    case shared(JobID)
    /// The same inputs failed not long ago, and the build wants to be told so instead of trying.
    case failedBefore(RememberedFailure)
}

/// An earlier job with a result that another may take.
struct Precedent {
    var job: JobID
    /// The job that really made it: itself, unless it took it from another.
    var maker: JobID
    /// The row of its tree.
    var tree: Int64
    var isolation: String
    var closure: Digest?
    var interface: Digest?
}

/// A failure of a job's own commands that counts for a while.
struct RememberedFailure {
    var job: JobID
    var message: String
    var expiresMilliseconds: Int64
}

/// What decides, beside its inputs, whose result a job may take.
struct DecisionTerms {
    var job: JobID
    /// How the runner isolates it: what was made with `none` never stands in for what is made in a sandbox.
    var isolation: String
    var isPrivate: Bool
    var owner: String?
    var isForced: Bool
    var remembers: Bool
}

public import FarmModel

/// How an attempt ended, as its runner reports it.
public struct AttemptReport: Sendable {
    /// What the attempt came to.
    public enum Result: Sendable {
        /// It worked: the stored tree and the artifacts that the recipe named in it.
        case success(tree: StoredTree, artifacts: [ArtifactRecord], interface: Digest? = nil)
        /// Its inputs turned out to be those of a job that has a result, is about to make it, or failed: see ``Store/mustRun(_:inputs:isolation:)``.
        case repeated
        /// It failed; the policy decides whether the job gets another attempt, the jitter (0 up to 1) spreads the delays.
        case failed(FailureClass, message: String, retry: RetryPolicy, jitter: Double)
        /// Its processes were killed because a cancel was asked for.
        case cancelled
        /// The runner was told to stop; the job goes back to the queue and nothing counts against it.
        case abandoned

        /// What of it decides on what comes next.
        var end: AttemptEnd {
            switch self {
            case .success: .success
            case .repeated: .repeated
            case .failed(let failure, _, _, _): .failed(failure)
            case .cancelled: .cancelled
            case .abandoned: .abandoned
            }
        }
    }

    /// The attempt.
    public var attempt: AttemptID
    /// The token of its claim.
    public var token: [UInt8]
    /// What it came to.
    public var result: Result
    /// Digest of everything that went in, if it got that far.
    public var inputDigest: Digest?
    /// Everything that went in, with the trees of all needs, where that says more than was known at the claim.
    public var inputs: JSONObject?
    /// Exit status of the command that decided the result.
    public var exitCode: Int?
    /// Signal that killed it.
    public var signal: Int?
    /// How long it took, in milliseconds; nil counts from its claim to its report.
    public var durationMilliseconds: Int64?
    /// Size of the log in bytes.
    public var logBytes: Int64
    /// What was found out while it ran.
    public var facts: JSONObject

    /// Creates a report without details.
    public init(attempt: AttemptID, token: [UInt8], result: Result) {
        self.attempt = attempt
        self.token = token
        self.result = result
        logBytes = 0
        facts = JSONObject()
    }
}

/// An attempt whose end is stored.
public struct FinishedAttempt: Sendable {
    /// What the store made of the report.
    public var outcome: FinishOutcome
    /// The attempt's job afterwards; nil if it is gone.
    public var job: JobRecord?
}

/// What the store made of an ``AttemptReport``.
public enum FinishOutcome: Sendable, Equatable {
    /// The job has ended in this state.
    case ended(JobState)
    /// The job gets another attempt after this delay.
    case delayed(milliseconds: Int64)
    /// The job is back in the queue.
    case requeued
    /// The attempt had ended already or belongs to somebody else: nothing was changed.
    case stale
}

/// The state of a build.
public enum BuildState: String, Sendable, CaseIterable {
    case pending, running, success, failed, partial, cancelled

    /// True when no job of the build can change its state any more, short of a retry.
    public var isTerminal: Bool { self != .pending && self != .running }
}

/// The state of a job.
public enum JobState: String, Sendable, CaseIterable {
    case pending, running, success, failed, skipped, cancelled

    /// True when the job has ended, short of a retry.
    public var isTerminal: Bool { self != .pending && self != .running }
}

/// The state of an attempt.
public enum AttemptState: String, Sendable, CaseIterable {
    case running, success, failed, cancelled
}

/// Why a job failed: the one taxonomy of all recipes and executors.
public enum FailureClass: String, Sendable, CaseIterable {
    /// The build's own commands failed.
    case build
    /// A phase or the job ran longer than its wall time-out.
    case timeout
    /// Nothing was printed for longer than the silence time-out.
    case silent
    /// The log grew beyond `limits.log`.
    case logLimit = "log_limit"
    /// The outputs grew beyond `limits.output`.
    case outputLimit = "output_limit"
    /// The memory limit was reached.
    case oom
    /// The document, a source or a requested input is wrong.
    case badInput = "bad_input"
    /// The machine, a daemon or the network failed, not the build.
    case infrastructure
    /// The runner died under the job.
    case lost
    /// Nothing that exists can ever run the job.
    case unsatisfiable
}

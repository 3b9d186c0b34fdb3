/// How an attempt ended, as far as it decides on what comes next.
public enum AttemptEnd: Sendable, Hashable {
    /// It worked.
    case success
    /// Its inputs are those of a job that has a result, is about to make it, or failed.
    case repeated
    /// It failed.
    case failed(FailureClass)
    /// Its processes were killed because a cancel was asked for.
    case cancelled
    /// The runner was told to stop.
    case abandoned
}

/// What becomes of a running job when its attempt's owner reports the end.
public enum ReportStep: Sendable, Hashable {
    /// The job succeeds, and its result is kept.
    case succeed
    /// What the job repeats decides.
    case settle
    /// The policy decides: see ``FailureStep``.
    case judge(FailureClass)
    /// The job ends cancelled, and nothing is kept.
    case cancel
    /// The job is back in the queue, and nothing counts against it.
    case giveBack

    /// A cancel that was asked for decides before anything the attempt came to.
    public init(_ end: AttemptEnd, isCancelling: Bool) {
        if isCancelling {
            self = .cancel
            return
        }
        switch end {
        case .success: self = .succeed
        case .repeated: self = .settle
        case .failed(let failure): self = .judge(failure)
        case .cancelled: self = .cancel
        case .abandoned: self = .giveBack
        }
    }
}

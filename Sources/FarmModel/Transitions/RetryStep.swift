/// What the request to retry a job comes to, before its needs are looked at.
public enum RetryStep: Sendable, Hashable {
    /// It may go back into the queue.
    case revive
    /// The job that it was skipped for has to be retried.
    case retryRoot
    /// A cancel is under way; afterwards it can be retried.
    case later
    /// There is nothing to retry.
    case nothing

    /// - Parameters:
    ///   - state: The job's state.
    ///   - isCancelling: Whether a cancel of the job is under way.
    ///   - isBuildCancelling: Whether a cancel of its build is.
    public init(in state: JobState, isCancelling: Bool, isBuildCancelling: Bool) {
        switch state {
        case .failed, .cancelled: self = isBuildCancelling ? .later : .revive
        case .skipped: self = .retryRoot
        case .running: self = isCancelling ? .later : .nothing
        case .pending, .success: self = .nothing
        }
    }
}

/// What becomes of a job that a retry reaches: one that was asked for, or depends on one that was revived.
public enum ReviveStep: Sendable, Hashable {
    /// It goes back into the queue, and its dependents are reached.
    case revive
    /// It stays skipped, because of another job now.
    case blame
    /// It stays as it is.
    case leave

    /// - Parameters:
    ///   - state: The job's state.
    ///   - isRequested: Whether the retry named it.
    ///   - isBlocked: Whether a job that it must have ended without success.
    public init(in state: JobState, isRequested: Bool, isBlocked: Bool) {
        let isReached = state == .skipped || isRequested && (state == .failed || state == .cancelled)
        self = !isReached ? .leave : !isBlocked ? .revive : state == .skipped ? .blame : .leave
    }
}

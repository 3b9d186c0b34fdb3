/// What becomes of a pending job when a job that it needs ends.
public enum DependentStep: Sendable, Hashable {
    /// It has one need less to wait for.
    case release
    /// It cannot run any more.
    case skip

    /// - Parameters:
    ///   - state: How the needed job ended.
    ///   - isOptional: Whether the job runs without it too.
    public init(afterEnd state: JobState, isOptional: Bool) {
        self = state == .success || isOptional ? .release : .skip
    }
}

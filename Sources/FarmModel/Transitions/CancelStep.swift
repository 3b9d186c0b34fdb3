/// What a cancel does to a job.
public enum CancelStep: Sendable, Hashable {
    /// It ends at once.
    case end
    /// It is asked for, and happens when the job's processes are dead.
    case request
    /// There is nothing to cancel.
    case nothing

    /// What it does in a state.
    public init(in state: JobState) {
        switch state {
        case .pending: self = .end
        case .running: self = .request
        case .success, .failed, .skipped, .cancelled: self = .nothing
        }
    }
}

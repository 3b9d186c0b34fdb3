/// What becomes of a job whose attempt failed.
public enum FailureStep: Sendable, Hashable {
    /// It gets another attempt, after a delay.
    case again(milliseconds: Int64)
    /// It kills the runners that take it, and is not given to another one.
    case poison
    /// It has failed.
    case end

    /// - Parameters:
    ///   - failure: The class of the failure.
    ///   - failures: All failures since the job was submitted or retried, the oldest first; this one is the last.
    ///   - boot: The present boot of the machine.
    ///   - policy: What is tried again.
    ///   - jitter: A random number from 0 up to 1.
    public init(_ failure: FailureClass, among failures: [PastFailure], boot: String, policy: RetryPolicy, jitter: Double) {
        if failure == .lost, RetryPolicy.isPoison(failures, boot: boot) {
            self = .poison
            return
        }
        let number = RetryPolicy.countedFailures(failures, boot: boot)
        let delay = policy.delayMilliseconds(after: failure, number: number, jitter: jitter)
        self = delay.map { .again(milliseconds: $0) } ?? .end
    }
}

/// Which failures of a job are tried again.
public struct RetryPolicy: Sendable, Hashable {
    /// How many attempts there are in all, the first included; 1 or more.
    public var attempts: Int
    /// The failure classes that are tried again.
    public var classes: Set<FailureClass>

    /// Three attempts, for failures of the machine only.
    public init(attempts: Int = 3, classes: Set<FailureClass> = [.infrastructure, .lost]) {
        self.attempts = attempts
        self.classes = classes
    }

    /// The milliseconds to wait before the next attempt, or nil if the failure is final.
    ///
    /// Exponential from 1 s, at most 5 minutes, with full jitter over the upper half so that jobs that failed together do not return together.
    /// - Parameters:
    ///   - number: The number of the attempt that failed, from 1.
    ///   - jitter: A random number from 0 up to 1.
    public func delayMilliseconds(after failure: FailureClass, number: Int, jitter: Double) -> Int64? {
        guard number < attempts, classes.contains(failure) else { return nil }
        let whole = min(300_000.0, 1000.0 * Double(1 << min(max(number - 1, 0), 20)))
        return Int64(whole / 2 + whole / 2 * jitter)
    }
}

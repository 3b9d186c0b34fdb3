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

    /// How many runners in a row may die under a job while the machine stays up, before the job is taken to be what kills them.
    public static let poisonLosses = 3

    /// Why a job that kills runners is not tried again.
    public static let poisonMessage =
        "\(poisonLosses) runners in a row died while they ran it, and the machine stayed up; look at its log before bf-run retry"

    /// True if the newest failures, oldest first, were lost runners one after the other on a machine that stayed up.
    public static func isPoison(_ failures: [PastFailure], boot: String) -> Bool {
        let newest = failures.suffix(poisonLosses)
        return newest.count == poisonLosses && newest.allSatisfy { $0.failure == .lost && $0.bootIdentifier == boot }
    }

    /// How many failures count against the job: one that was lost because the machine went down does not.
    public static func countedFailures(_ failures: [PastFailure], boot: String) -> Int {
        max(1, failures.count { $0.failure != .lost || $0.bootIdentifier == boot })
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

/// A failed attempt, as far as it decides on the next one.
public struct PastFailure: Sendable, Hashable {
    /// Why it failed.
    public var failure: FailureClass
    /// The boot of the machine during which it started.
    public var bootIdentifier: String

    /// Creates one.
    public init(failure: FailureClass, bootIdentifier: String) {
        self.failure = failure
        self.bootIdentifier = bootIdentifier
    }
}

/// How many jobs of a build are in each state; decides the build's state.
public struct BuildTally: Sendable, Hashable {
    /// Waiting, ready or delayed.
    public var pending = 0
    /// Running now.
    public var running = 0
    /// Ended well, unchanged ones included.
    public var success = 0
    /// The part of `success` that needed no work.
    public var unchanged = 0
    /// Failed for good.
    public var failed = 0
    /// Not run because a needed job failed.
    public var skipped = 0
    /// Ended by request.
    public var cancelled = 0

    /// All zero.
    public init() {}

    /// The number of jobs.
    public var total: Int { pending + running + success + failed + skipped + cancelled }
    /// The number of jobs that have ended.
    public var ended: Int { success + failed + skipped + cancelled }

    /// The build's state: running while a job is not terminal, then success if all are, cancelled if any was cancelled by request, partial if
    /// any succeeded, else failed.
    public var state: BuildState {
        if pending + running > 0 { return running + ended > 0 ? .running : .pending }
        if success == total { return .success }
        if cancelled > 0 { return .cancelled }
        return success > 0 ? .partial : .failed
    }

    /// Adds the counts of another build.
    public static func += (sum: inout BuildTally, other: BuildTally) {
        sum.pending += other.pending
        sum.running += other.running
        sum.success += other.success
        sum.unchanged += other.unchanged
        sum.failed += other.failed
        sum.skipped += other.skipped
        sum.cancelled += other.cancelled
    }

    /// Counts one job.
    public mutating func add(_ state: JobState, _ count: Int = 1) {
        switch state {
        case .pending: pending += count
        case .running: running += count
        case .success: success += count
        case .failed: failed += count
        case .skipped: skipped += count
        case .cancelled: cancelled += count
        }
    }
}

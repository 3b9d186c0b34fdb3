/// Where a pending job stands in the queue; the value of `jobs.queue`.
public enum QueueState: Int64, Sendable, CaseIterable {
    /// Waits for a needed job.
    case dependency = 0
    /// Can be claimed.
    case ready = 1
    /// Ready at a later time.
    case delayed = 2
    /// Its build is paused.
    case paused = 3
    /// Waits for the end of an identical job, whose result it may take.
    case shared = 4

    /// Where a job stands that waits for no identical one.
    /// - Parameters:
    ///   - waiting: How many of its needs have not ended.
    ///   - isPaused: Whether its build is paused.
    ///   - isDelayed: Whether its time is still to come.
    public init(waiting: Int64, isPaused: Bool, isDelayed: Bool) {
        self = waiting > 0 ? .dependency : isPaused ? .paused : isDelayed ? .delayed : .ready
    }

    /// The order among ready jobs of one priority, larger first: path weight, plus one place a minute of age. As all jobs age alike, the
    /// sum is taken once, when the job gets ready.
    public static func score(rank: Double, readyMilliseconds: Int64) -> Double { rank - Double(readyMilliseconds) / 60_000 }
}

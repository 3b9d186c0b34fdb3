/// Where a pending job stands in the queue; the value of `jobs.queue`.
enum QueueState: Int64 {
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

    /// The order among ready jobs of one priority, larger first: path weight, plus one place a minute of age. As all jobs age alike, the
    /// sum is taken once, when the job gets ready.
    static func score(rank: Double, readyMilliseconds: Int64) -> Double { rank - Double(readyMilliseconds) / 60_000 }
}

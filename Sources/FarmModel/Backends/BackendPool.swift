/// What holds for all machines that run jobs for the farm over the network, where a machine does not say otherwise.
public struct BackendPool: Sendable, Equatable {
    /// Jobs at once on one machine.
    public var maxJobs = 4
    /// After so many failures of the machine in a row it gets no jobs for a while.
    public var failureThreshold = 3
    /// For how long, in milliseconds.
    public var recoveryMilliseconds: Int64 = 30_000

    /// What holds if nothing is said.
    public init() {}

    /// As it is stored.
    public var json: JSONObject {
        [
            "max_jobs": .int(Int64(maxJobs)), "failure_threshold": .int(Int64(failureThreshold)), "recovery_ms": .int(recoveryMilliseconds),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ object: JSONObject) {
        if let number = object["max_jobs"]?.int { maxJobs = Int(clamping: number) }
        if let number = object["failure_threshold"]?.int { failureThreshold = Int(clamping: number) }
        if let number = object["recovery_ms"]?.int { recoveryMilliseconds = number }
    }
}

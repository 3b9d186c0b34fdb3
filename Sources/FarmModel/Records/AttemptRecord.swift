/// An attempt as tools and servers show it.
public struct AttemptRecord: Sendable, Equatable {
    /// The attempt's id.
    public var id: AttemptID
    /// Its job.
    public var job: JobID
    /// Its build.
    public var build: BuildID
    /// Counted from 1 within the job.
    public var number: Int
    /// Its state.
    public var state: AttemptState
    /// Why it failed.
    public var failure: FailureClass?
    /// One line on how it ended.
    public var message: String?
    /// Which runner has or had it.
    public var runner: RunnerID
    /// `sandbox` or `none`; on a backend its kind: `engine` or `buildkit`.
    public var isolation: String
    /// The address of the backend that it runs or ran on; nil for the runner's own machine.
    public var backend: String?
    /// When it was claimed, in milliseconds since 1970.
    public var claimedMilliseconds: Int64
    /// When it ended.
    public var endedMilliseconds: Int64?
    /// How long it took, by the boot clock.
    public var durationMilliseconds: Int64?
    /// The failing command's exit status.
    public var exitCode: Int?
    /// The signal that killed the failing command.
    public var signal: Int?
    /// The size of its log.
    public var logBytes: Int64?
    /// Digest of everything that went into it, if it got that far.
    public var inputDigest: Digest?
    /// What was found out while it ran: `prepare`, `phases`, `usage` and what the recipe concluded.
    public var facts: JSONObject?

    /// Creates a running attempt.
    public init(id: AttemptID, job: JobID, build: BuildID, number: Int, runner: RunnerID, isolation: String, claimedMilliseconds: Int64) {
        self.id = id
        self.job = job
        self.build = build
        self.number = number
        self.runner = runner
        self.isolation = isolation
        self.claimedMilliseconds = claimedMilliseconds
        state = .running
    }

    /// The `attempt` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "attempt", "id": .string(id.description), "job": .string(job.description)]
        object.add("build", build.description)
        object.add("number", .int(Int64(number)))
        object.add("state", state.rawValue)
        object.add("class", failure?.rawValue)
        object.add("message", message)
        object.add("runner", runner.description)
        object.add("isolation", isolation)
        object.add("backend", backend)
        object.add("exit_code", exitCode.map { Int64($0) })
        object.add("signal", signal.map { Int64($0) })
        object.add("log_bytes", logBytes)
        object.add("input_digest", inputDigest?.description)
        object.add("claimed", Timestamp.format(milliseconds: claimedMilliseconds))
        object.add("ended", endedMilliseconds.map(Timestamp.format))
        object.add("duration_ms", durationMilliseconds)
        object.add("facts", facts.map(JSONValue.object))
        return object
    }
}

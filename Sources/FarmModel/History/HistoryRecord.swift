/// An ended attempt as the history has it: this much is known of it when its build is gone, too.
public struct HistoryRecord: Sendable, Equatable {
    /// The attempt's id.
    public var id: AttemptID
    /// Its job.
    public var job: JobID
    /// Its build.
    public var build: BuildID
    /// What it built.
    public var identity: JobIdentity
    /// How it ended.
    public var state: AttemptState
    /// Why it failed.
    public var failure: FailureClass?
    /// The runner that had it.
    public var runner: RunnerID
    /// The runner's machine.
    public var host: String?
    /// `sandbox` or `none`.
    public var isolation: String
    /// When it ended, in milliseconds since 1970.
    public var endedMilliseconds: Int64
    /// How long it took.
    public var durationMilliseconds: Int64?
    /// The tree it made.
    public var output: Digest?
    /// Whether its build was collected, so that no more is known.
    public var isCollected: Bool

    /// Creates a record.
    public init(
        id: AttemptID, job: JobID, build: BuildID, identity: JobIdentity, state: AttemptState, runner: RunnerID, isolation: String,
        endedMilliseconds: Int64
    ) {
        self.id = id
        self.job = job
        self.build = build
        self.identity = identity
        self.state = state
        self.runner = runner
        self.isolation = isolation
        self.endedMilliseconds = endedMilliseconds
        isCollected = false
    }

    /// The `history` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "history", "id": .string(id.description), "job": .string(job.description)]
        object.add("build", build.description)
        object.add("name", identity.name)
        object.add("arch", identity.architecture.name)
        if !identity.cell.isEmpty {
            let cell = identity.cell.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
            object.add("cell", .object(JSONObject(uniqueMembers: cell)))
        }
        object.add("state", state.rawValue)
        object.add("class", failure?.rawValue)
        object.add("runner", runner.description)
        object.add("host", host)
        object.add("isolation", isolation)
        object.add("ended", Timestamp.format(milliseconds: endedMilliseconds))
        object.add("duration_ms", durationMilliseconds)
        object.add("output", output?.description)
        object.addIfTrue("collected", isCollected)
        return object
    }
}

/// A job as tools and servers show it.
public struct JobRecord: Sendable, Equatable {
    /// The job's id.
    public var id: JobID
    /// Its build.
    public var build: BuildID
    /// Name, architecture and matrix cell.
    public var identity: JobIdentity
    /// The version its document states.
    public var version: String?
    /// Its state.
    public var state: JobState
    /// Why it failed; nil for any other state.
    public var failure: FailureClass?
    /// One line on how it ended.
    public var message: String?
    /// How many attempts were started.
    public var attempts: Int
    /// True if no work was needed.
    public var isUnchanged: Bool
    /// The identical job whose result, good or bad, it took, or whose end it waits for.
    public var sameAs: JobID?
    /// For a failure that was remembered and not tried again: until when it counts, in milliseconds since 1970.
    public var rememberedUntilMilliseconds: Int64?
    /// True while a cancel request waits for its processes to die.
    public var isCancelling: Bool
    /// For a skipped job: the job that failed first, and the neighbour through which it reached this one.
    public var root: JobID?
    /// The neighbour of ``root``'s chain that this job needs.
    public var via: JobID?
    /// The tree of its outputs.
    public var tree: Digest?
    /// Digest of the plan, known from submission on.
    public var planDigest: Digest?
    /// Digest of everything that goes into it, known once it has started.
    public var inputDigest: Digest?
    /// Wall-clock times in milliseconds since 1970; nil until then.
    public var startedMilliseconds: Int64?
    /// When it ended.
    public var endedMilliseconds: Int64?
    /// When it is due, while it is delayed by a back-off or `not_before`.
    public var dueMilliseconds: Int64?
    /// What building it again came to the last time, where that was looked up.
    public var verified: VerificationRecord.Verdict?

    /// Creates a pending job.
    public init(id: JobID, build: BuildID, identity: JobIdentity) {
        self.id = id
        self.build = build
        self.identity = identity
        state = .pending
        attempts = 0
        isUnchanged = false
        isCancelling = false
    }

    /// The `job` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "job", "id": .string(id.description), "build": .string(build.description)]
        object.add("name", identity.name)
        object.add("version", version)
        object.add("arch", identity.architecture.name)
        if !identity.cell.isEmpty {
            let cell = identity.cell.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
            object.add("cell", .object(JSONObject(uniqueMembers: cell)))
        }
        object.add("state", state.rawValue)
        object.addIfTrue("unchanged", isUnchanged)
        object.add("same_as", sameAs?.description)
        object.addIfTrue("cancelling", isCancelling)
        object.add("class", failure?.rawValue)
        object.add("message", message)
        object.add("remembered_until", rememberedUntilMilliseconds.map(Timestamp.format))
        object.add("attempts", .int(Int64(attempts)))
        object.add("root", root?.description)
        object.add("via", via?.description)
        object.add("tree", tree?.description)
        object.add("plan_digest", planDigest?.description)
        object.add("input_digest", inputDigest?.description)
        object.add("verified", verified?.rawValue)
        object.add("due", dueMilliseconds.map(Timestamp.format))
        object.add("started", startedMilliseconds.map(Timestamp.format))
        object.add("ended", endedMilliseconds.map(Timestamp.format))
        if let startedMilliseconds, let endedMilliseconds { object.add("duration_ms", max(0, endedMilliseconds - startedMilliseconds)) }
        return object
    }
}

/// A build as tools and servers show it.
public struct BuildRecord: Sendable, Equatable {
    /// The build's id.
    public var id: BuildID
    /// Its state.
    public var state: BuildState
    /// How many jobs are in each state.
    public var tally: BuildTally
    /// Who submitted it, if known.
    public var owner: String?
    /// The interface it came through; `native` is ours.
    public var dialect = "native"
    /// The submitter's own key for it.
    public var key: String?
    /// Free labels of the submitter, as `key=value` or `key`.
    public var labels: [String]
    /// Larger goes first.
    public var priority: Int
    /// Wall-clock times in milliseconds since 1970; nil until then.
    public var createdMilliseconds: Int64
    /// Nothing starts before this time.
    public var notBeforeMilliseconds: Int64?
    /// When the first job started.
    public var startedMilliseconds: Int64?
    /// When the last job ended.
    public var endedMilliseconds: Int64?
    /// True while a cancel request waits for running jobs to die.
    public var isCancelling: Bool
    /// Who paused it and why, if it is paused.
    public var paused: JSONObject?
    /// When it will be done, where that was asked for and can be told.
    public var forecast: BuildForecast?

    /// Creates a record of a build that has not started.
    public init(id: BuildID, tally: BuildTally, priority: Int, createdMilliseconds: Int64) {
        self.id = id
        self.tally = tally
        self.priority = priority
        self.createdMilliseconds = createdMilliseconds
        state = tally.state
        labels = []
        isCancelling = false
    }

    /// The `build` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "build", "id": .string(id.description), "state": .string(state.rawValue)]
        object.add("jobs", .int(Int64(tally.total)))
        for (name, count) in [
            ("pending", tally.pending), ("running", tally.running), ("success", tally.success), ("unchanged", tally.unchanged),
            ("failed", tally.failed), ("skipped", tally.skipped), ("cancelled", tally.cancelled),
        ] where count > 0 {
            object.add(name, .int(Int64(count)))
        }
        object.addIfTrue("cancelling", isCancelling)
        object.add("owner", owner)
        object.add("key", key)
        if dialect != "native" { object.add("dialect", dialect) }
        if !labels.isEmpty { object.add("labels", .array(labels.map(JSONValue.string))) }
        if priority != 0 { object.add("priority", .int(Int64(priority))) }
        object.add("paused", paused.map(JSONValue.object))
        object.add("created", Timestamp.format(milliseconds: createdMilliseconds))
        object.add("not_before", notBeforeMilliseconds.map(Timestamp.format))
        object.add("started", startedMilliseconds.map(Timestamp.format))
        object.add("ended", endedMilliseconds.map(Timestamp.format))
        if let startedMilliseconds, let endedMilliseconds { object.add("duration_ms", max(0, endedMilliseconds - startedMilliseconds)) }
        forecast?.add(to: &object)
        return object
    }
}

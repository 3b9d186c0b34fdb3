public import FarmModel

/// Asks for an answer as soon as something has changed, or after a while.
public struct ChangeRequest: WireObject, Equatable {
    /// The newest event that is known; nil to learn it.
    public var after: EventCursor?
    /// The logs that matter, as they are known.
    public var logs: [LogState]

    /// The most logs that can be watched at once.
    public static let logLimit = 10_000

    /// Asks for a change.
    public init(after: EventCursor?, logs: [LogState] = []) {
        self.after = after
        self.logs = logs
    }

    /// `{after, logs}`
    public var json: JSONObject {
        var object = JSONObject()
        object.add("after", wire: after)
        if !logs.isEmpty { object.add("logs", logs.wire) }
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a question for changes")
        self.init(after: try fields.valueIfAny("after"), logs: try fields.valueIfAny("logs") ?? [])
        guard logs.count <= Self.logLimit else { throw FarmError(.badInput, "at most \(Self.logLimit) logs can be watched at once") }
    }
}

/// How things are now.
public struct ChangeAnswer: WireObject, Equatable {
    /// The newest event.
    public var cursor: EventCursor
    /// The logs that were asked about, in their order.
    public var logs: [LogState]

    /// Tells how things are.
    public init(cursor: EventCursor, logs: [LogState]) {
        self.cursor = cursor
        self.logs = logs
    }

    /// `{cursor, logs}`
    public var json: JSONObject {
        var object: JSONObject = ["cursor": cursor.wire]
        if !logs.isEmpty { object.add("logs", logs.wire) }
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "changes")
        self.init(cursor: try fields.value("cursor"), logs: try fields.valueIfAny("logs") ?? [])
    }
}

/// How far the logs of a job have got.
public struct LogState: WireObject, Hashable {
    /// The build of the job.
    public var build: BuildID
    /// The job.
    public var job: JobID
    /// The number of its attempts.
    public var attempts: Int
    /// The bytes of the newest one's log.
    public var bytes: Int64

    /// Tells how far they have got.
    public init(build: BuildID, job: JobID, attempts: Int = 0, bytes: Int64 = 0) {
        self.build = build
        self.job = job
        self.attempts = attempts
        self.bytes = bytes
    }

    /// `{build, job, attempts, bytes}`
    public var json: JSONObject {
        ["build": build.wire, "job": job.wire, "attempts": .int(Int64(attempts)), "bytes": .int(bytes)]
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "the state of a log")
        self.init(
            build: try fields.id("build"), job: try fields.id("job"), attempts: try fields.count("attempts"),
            bytes: try fields.integer("bytes"))
    }
}

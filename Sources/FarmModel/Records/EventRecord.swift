/// A place in the stream of events, written `EPOCH-SEQ`. The epoch changes with each boot of the machine.
public struct EventCursor: Sendable, Hashable, CustomStringConvertible {
    /// Counts the boots that the farm has seen.
    public var epoch: Int64
    /// The number of the event; 0 is before the first.
    public var sequence: Int64

    /// Creates a cursor.
    public init(epoch: Int64, sequence: Int64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    /// Reads `EPOCH-SEQ`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = Int64(parts[0]), let sequence = Int64(parts[1]), epoch >= 0, sequence >= 0 else { return nil }
        self.init(epoch: epoch, sequence: sequence)
    }

    /// `EPOCH-SEQ`
    public var description: String { "\(epoch)-\(sequence)" }
}

/// A change of state, as tools and servers show it.
public struct EventRecord: Sendable, Equatable {
    /// Its place; whoever saw it goes on from here.
    public var cursor: EventCursor
    /// What happened, for instance `job.ended`.
    public var event: String
    /// When, in milliseconds since 1970.
    public var timeMilliseconds: Int64
    /// What it happened to.
    public var build: BuildID?
    /// The job, if it is about one.
    public var job: JobID?
    /// The attempt, if it is about one.
    public var attempt: AttemptID?
    /// More about it; the keys depend on the event.
    public var data: JSONObject?

    /// The event that tells a reader that its cursor is too old or of another life of the farm: the present state follows.
    public static let reset = "reset"

    /// What the names of events begin with that tell who asked for what.
    public static let auditPrefix = "audit."

    /// True for an event that only administrators may see: who asked for what, from where.
    public var isAudit: Bool { event.hasPrefix(Self.auditPrefix) }

    /// Creates an event.
    public init(cursor: EventCursor, event: String, timeMilliseconds: Int64) {
        self.cursor = cursor
        self.event = event
        self.timeMilliseconds = timeMilliseconds
    }

    /// The `event` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "event", "cursor": .string(cursor.description), "event": .string(event)]
        object.add("time", Timestamp.format(milliseconds: timeMilliseconds))
        object.add("build", build?.description)
        object.add("job", job?.description)
        object.add("attempt", attempt?.description)
        object.add("data", data.map(JSONValue.object))
        return object
    }
}

/// What is told to a webhook.
public struct WebhookMessage: Sendable, Equatable {
    /// A job that was skipped because another one failed.
    public struct Victim: Sendable, Equatable {
        /// Its id.
        public var id: JobID
        /// As people write it.
        public var name: String

        /// Creates a victim.
        public init(id: JobID, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// The place of the event in the stream of events. It is the same each time the message is sent, and for all who are told.
    public var id: EventCursor
    /// What happened.
    public var type: Webhook.Event
    /// When, in milliseconds since 1970.
    public var timeMilliseconds: Int64
    /// The build.
    public var build: BuildRecord
    /// The job that ended, if it is about one.
    public var job: JobRecord?
    /// The first of those that were skipped because of it.
    public var victims: [Victim] = []
    /// How many these are in all.
    public var victimCount = 0

    /// So many victims are named at most.
    public static let victimLimit = 1000

    /// Creates a message.
    public init(id: EventCursor, type: Webhook.Event, timeMilliseconds: Int64, build: BuildRecord, job: JobRecord? = nil) {
        self.id = id
        self.type = type
        self.timeMilliseconds = timeMilliseconds
        self.build = build
        self.job = job
    }

    /// The `message` record: the body of the request.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "message", "id": .string(id.description), "type": .string(type.rawValue)]
        object.add("time", Timestamp.format(milliseconds: timeMilliseconds))
        object.add("build", .object(build.json))
        object.add("job", job.map { .object($0.json) })
        guard victimCount > 0 else { return object }
        object.add("victims", .array(victims.map { .object(["id": .string($0.id.description), "name": .string($0.name)]) }))
        object.add("victim_count", .int(Int64(victimCount)))
        return object
    }
}

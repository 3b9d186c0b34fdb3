public import FarmModel

/// A job that waits, as go-dsynth's queue shows it.
public struct DsynthQueueEntry: Sendable {
    /// The job; its id is that of the entry.
    public var job: JobRecord
    /// The id of its build.
    public var build: String
    /// When its build was submitted, in milliseconds since 1970.
    public var queuedMilliseconds: Int64
    /// Why it waits, as the farm's code; nil for a job that is ready.
    public var reason: String?

    /// Creates an entry.
    public init(job: JobRecord, build: String, queuedMilliseconds: Int64, reason: String?) {
        self.job = job
        self.build = build
        self.queuedMilliseconds = queuedMilliseconds
        self.reason = reason
    }

    private func json(position: Int) -> JSONObject {
        var object: JSONObject = ["id": .string(job.id.description), "position": .int(Int64(position))]
        object.add("portdir", job.identity.name)
        object.add("build_id", build)
        object.add("status", job.state.dsynthStatus)
        object.add("reason", reason)
        object.add("queued_at", GoText.time(queuedMilliseconds))
        return object
    }

    /// What `GET /api/v1/queue` answers.
    /// - Parameters:
    ///   - entries: The first ones, in the order in which they are likely to start.
    ///   - total: How many there are.
    public static func list(_ entries: [DsynthQueueEntry], total: Int) -> JSONObject {
        let queue = entries.enumerated().map { JSONValue.object($0.element.json(position: $0.offset + 1)) }
        return ["queue": .array(queue), "total": .int(Int64(total))]
    }
}

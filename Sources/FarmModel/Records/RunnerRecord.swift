/// A runner process as tools show it.
public struct RunnerRecord: Sendable, Equatable {
    /// The runner's id.
    public var id: RunnerID
    /// Its process id.
    public var pid: Int32
    /// Its machine.
    public var host: String
    /// How many jobs it runs at once.
    public var slots: Int
    /// `active` or `draining`.
    public var state: String
    /// Who paused it and why, if it is paused.
    public var paused: JSONObject?
    /// When it started, in milliseconds since 1970.
    public var startedMilliseconds: Int64
    /// How many attempts it has now.
    public var running: Int

    /// Creates a record.
    public init(
        id: RunnerID, pid: Int32, host: String, slots: Int, state: String, paused: JSONObject?, startedMilliseconds: Int64, running: Int
    ) {
        self.id = id
        self.pid = pid
        self.host = host
        self.slots = slots
        self.state = state
        self.paused = paused
        self.startedMilliseconds = startedMilliseconds
        self.running = running
    }

    /// The `runner` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "runner", "id": .string(id.description), "pid": .int(Int64(pid)), "host": .string(host)]
        object.add("slots", .int(Int64(slots)))
        object.add("running", .int(Int64(running)))
        object.add("state", state)
        object.add("paused", paused.map(JSONValue.object))
        object.add("started", Timestamp.format(milliseconds: startedMilliseconds))
        return object
    }
}

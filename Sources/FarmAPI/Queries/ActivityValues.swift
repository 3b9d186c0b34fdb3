public import FarmModel
public import FarmStore

extension EventCursor: WireValue {
    /// The text of the cursor.
    public var wire: JSONValue { .string(description) }

    /// Reads the text of a cursor.
    public init(wire: JSONValue) throws(FarmError) {
        guard let cursor = wire.string.flatMap({ EventCursor($0) }) else { throw Self.fault(wire) }
        self = cursor
    }
}

extension RunnerAbilities: WireValue {
    /// The object that the store has too.
    public var wire: JSONValue { .object(json) }

    /// Reads the object.
    public init(wire: JSONValue) throws(FarmError) {
        guard let object = wire.object else { throw Self.fault(wire) }
        self.init(json: object)
    }
}

extension QueuedJob: WireObject {
    /// `{job, position}`
    public var json: JSONObject {
        var object: JSONObject = ["job": job.wire]
        object.add("position", wire: position)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a queued job")
        self.init(job: try fields.value("job"), position: try fields.valueIfAny("position"))
    }
}

extension RunningJob: WireObject {
    /// `{job, number, claimed_ms, phase}`
    public var json: JSONObject {
        var object: JSONObject = ["job": job.wire, "number": .int(Int64(number)), "claimed_ms": .int(claimedMilliseconds)]
        object.add("phase", phase)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a running job")
        self.init(
            job: try fields.value("job"), number: try fields.count("number"), claimedMilliseconds: try fields.integer("claimed_ms"),
            phase: try fields.textIfAny("phase"))
    }
}

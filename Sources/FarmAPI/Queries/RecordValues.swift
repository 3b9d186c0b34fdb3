public import FarmModel
public import FarmStore

extension Target: WireValue {
    /// The id.
    public var wire: JSONValue { .string(description) }

    /// Reads an id of any kind.
    public init(wire: JSONValue) throws(FarmError) {
        let text = wire.string ?? ""
        if let build = BuildID(text) {
            self = .build(build)
        } else if let job = JobID(text) {
            self = .job(job)
        } else if let attempt = AttemptID(text) {
            self = .attempt(attempt)
        } else if let runner = RunnerID(text) {
            self = .runner(runner)
        } else {
            throw Self.fault(wire)
        }
    }
}

extension BuildFilter: WireObject {
    /// The members that are set.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("states", states.map { .array($0.map(\.rawValue).sorted().map(JSONValue.string)) })
        object.addIfTrue("has_failures", hasFailures)
        object.add("labels", labels.wire)
        object.add("owner", owner)
        object.add("dialect", dialect)
        object.add("since", since)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a filter of builds")
        self.init()
        if json["states"] != nil { states = Set(try fields.texts("states").compactMap(BuildState.init(rawValue:))) }
        hasFailures = try fields.flag("has_failures")
        labels = try fields.texts("labels")
        owner = try fields.textIfAny("owner")
        dialect = try fields.textIfAny("dialect")
        since = try fields.integerIfAny("since")
    }
}

extension JobFilter: WireObject {
    /// The members that are set.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("name", name)
        object.add("states", states.map { .array($0.map(\.rawValue).sorted().map(JSONValue.string)) })
        object.add("since", since)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a filter of jobs")
        self.init()
        name = try fields.textIfAny("name")
        if json["states"] != nil { states = Set(try fields.texts("states").compactMap(JobState.init(rawValue:))) }
        since = try fields.integerIfAny("since")
    }
}

extension JobIdentity: WireObject {
    /// The members that records have.
    public var json: JSONObject {
        var object: JSONObject = ["name": .string(name), "arch": .string(architecture.name)]
        if !cell.isEmpty { object.add("cell", cell.wire) }
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) { self = try JSONFields(json, of: "a job's identity").identity() }
}

extension [String: String] {
    /// An object with sorted keys.
    var wire: JSONValue {
        .object(JSONObject(uniqueMembers: sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }))
    }
}

extension GoodResult: WireObject {
    /// `{identity, job, tree}`
    public var json: JSONObject {
        var object: JSONObject = ["identity": identity.wire, "job": job.wire]
        object.add("tree", wire: tree)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a good result")
        self.init(identity: try fields.value("identity"), job: try fields.id("job"), tree: try fields.digestIfAny("tree"))
    }
}

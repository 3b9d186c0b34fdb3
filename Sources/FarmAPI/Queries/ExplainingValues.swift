public import FarmModel
public import FarmStore

extension WaitExplanation: WireObject {
    /// `{job, codes, facts}`
    public var json: JSONObject { ["job": job.wire, "codes": codes.wire, "facts": facts.wire] }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "why a job waits")
        self.init(job: try fields.value("job"), codes: try fields.value("codes"), facts: try fields.value("facts"))
    }
}

extension WaitGroup: WireObject {
    /// `{count, example}`
    public var json: JSONObject { ["count": .int(Int64(count)), "example": example.wire] }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "jobs that wait")
        self.init(count: try fields.count("count"), example: try fields.value("example"))
    }
}

extension InputExplanation: WireObject {
    /// `{job, last_good, changes}`
    public var json: JSONObject {
        var object: JSONObject = ["job": job.wire]
        object.add("last_good", wire: lastGood)
        object.add("changes", changes.wire)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "the inputs of a job")
        self.init(job: try fields.value("job"), lastGood: try fields.idIfAny("last_good"), changes: try fields.value("changes"))
    }
}

extension InputChange: WireObject {
    /// `{name, old, new, detail}`
    public var json: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        object.add("old", old)
        object.add("new", new)
        object.add("detail", detail)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "an input of a job")
        self.init(
            try fields.text("name"), old: try fields.textIfAny("old"), new: try fields.textIfAny("new"),
            detail: try fields.textIfAny("detail"))
    }
}

extension WaitFacts: WireObject {
    /// All facts, whatever code they belong to.
    public var json: JSONObject {
        var object: JSONObject = ["job": job.wire, "build": build.wire, "needs": needs.wire, "need_count": .int(Int64(needCount))]
        object.add("twin", wire: twin)
        object.add("paused", paused)
        object.add("pause", pause.map(JSONValue.object))
        object.add("due_ms", dueMilliseconds)
        object.add("class", failure?.rawValue)
        object.add("attempts", Int64(attempts))
        object.add("runners", runners.wire)
        object.add("missing", missing.wire)
        object.add("running", load.map { Int64($0.running) })
        object.add("slots", load.map { Int64($0.slots) })
        object.add("ahead", wire: ahead)
        object.add("pressure", .array(pressure.map { .object($0.json) }))
        object.add("cancelled_ms", cancelledMilliseconds)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "facts about a job")
        self.init(job: try fields.id("job"), build: try fields.id("build"))
        needs = try fields.value("needs")
        needCount = try fields.count("need_count")
        twin = try fields.idIfAny("twin")
        paused = try fields.textIfAny("paused")
        pause = try fields.objectIfAny("pause")
        dueMilliseconds = try fields.integerIfAny("due_ms")
        failure = try fields.wordIfAny("class")
        attempts = try fields.count("attempts")
        runners = try fields.value("runners")
        missing = try fields.texts("missing")
        if json["slots"] != nil { load = (running: try fields.count("running"), slots: try fields.count("slots")) }
        ahead = try fields.valueIfAny("ahead")
        pressure = try fields.required("pressure") { $0.array?.compactMap { $0.object.flatMap { PressureFact(json: $0) } } }
        cancelledMilliseconds = try fields.integerIfAny("cancelled_ms")
    }
}

extension WaitFacts.Need: WireObject {
    /// `{job, name, state}`
    public var json: JSONObject { ["job": job.wire, "name": .string(name), "state": .string(state.rawValue)] }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a needed job")
        self.init(job: try fields.id("job"), name: try fields.text("name"), state: try fields.word("state"))
    }
}

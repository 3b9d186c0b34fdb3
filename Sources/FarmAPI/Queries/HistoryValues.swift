public import FarmModel
public import FarmStore

extension ArtifactOrigin: WireObject {
    /// `{attempt, digest, path}`
    public var json: JSONObject {
        var object: JSONObject = ["attempt": attempt.wire, "digest": digest.wire]
        object.add("path", path)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "an origin")
        self.init(attempt: try fields.id("attempt"), digest: try fields.value("digest"), path: try fields.textIfAny("path"))
    }
}

extension HistorySample: WireObject {
    /// All members.
    public var json: JSONObject {
        var object: JSONObject = ["id": id.wire, "name": .string(name), "state": .string(state.rawValue), "runner": runner.wire]
        object.add("class", failure?.rawValue)
        object.add("host", host)
        object.add("ended_ms", endedMilliseconds)
        object.add("duration_ms", durationMilliseconds)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a sample")
        self.init(
            id: try fields.id("id"), name: try fields.text("name"), state: try fields.word("state"), failure: try fields.wordIfAny("class"),
            runner: try fields.id("runner"), host: try fields.textIfAny("host"), endedMilliseconds: try fields.integer("ended_ms"),
            durationMilliseconds: try fields.integerIfAny("duration_ms"))
    }
}

extension CompleteAttempt: WireValue {
    /// All parts; its record shows them in another form.
    public var wire: JSONValue {
        var object: JSONObject = ["attempt": attempt.wire, "job": job.wire, "recipe": .string(recipe), "document": .object(document)]
        object.add("requester", requester.map { .object($0.json) })
        object.add("requested_ms", requestedMilliseconds)
        object.add("reason", reason.map(JSONValue.object))
        object.add("host", host)
        object.add("machine", .object(machine))
        object.add("inputs", inputs.map(JSONValue.object))
        object.add(
            "output", output.map { ["digest": $0.digest.wire, "bytes": .int($0.bytes), "files": .int($0.files)] }.map(JSONValue.object))
        object.add("artifacts", artifacts.wire)
        return .object(object)
    }

    /// Reads ``wire``.
    public init(wire: JSONValue) throws(FarmError) {
        let fields = JSONFields(wire.object ?? JSONObject(), of: "a complete attempt")
        self.init(
            attempt: try fields.value("attempt"), job: try fields.value("job"), recipe: try fields.text("recipe"),
            document: try fields.object("document"), requestedMilliseconds: try fields.integer("requested_ms"))
        requester = try fields.objectIfAny("requester").map { Requester($0) }
        reason = try fields.objectIfAny("reason")
        host = try fields.textIfAny("host")
        machine = try fields.object("machine")
        inputs = try fields.objectIfAny("inputs")
        artifacts = try fields.value("artifacts")
        guard let found = try fields.objectIfAny("output") else { return }
        let parts = JSONFields(found, of: "an output")
        output = Output(digest: try parts.value("digest"), bytes: try parts.integer("bytes"), files: try parts.integer("files"))
    }
}

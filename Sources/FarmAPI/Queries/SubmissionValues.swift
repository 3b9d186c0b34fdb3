public import FarmModel
public import FarmStore
public import FarmSubmission

/// A submission by a tool: jobs whose local sources are trees that the server has already, and what is said of them as a whole.
public struct SubmissionRequest: WireObject {
    /// The spec records.
    public var specs: [JSONObject]
    /// Owner, key, labels, secrets and the rest.
    public var options: SubmitOptions

    /// Submits jobs.
    public init(specs: [JSONObject], options: SubmitOptions) {
        self.specs = specs
        self.options = options
    }

    /// `{specs, owner, requester, key, labels, priority, not_before_ms, missing_needs, secrets, force, remember_ms, webhooks,
    /// webhook_secret}`; secrets in base64.
    public var json: JSONObject {
        var object: JSONObject = ["specs": .array(specs.map(JSONValue.object))]
        object.add("owner", options.owner)
        object.add("requester", options.requester.map { .object($0.json) })
        object.add("key", options.key)
        object.add("labels", options.labels.wire)
        object.add("priority", Int64(options.priority))
        object.add("not_before_ms", options.notBeforeMilliseconds)
        object.add("missing_needs", options.missingNeeds.rawValue)
        if !options.secrets.isEmpty { object.add("secrets", options.secrets.mapValues { Base64.text(of: $0) }.wire) }
        object.addIfTrue("force", options.isForced)
        object.add("remember_ms", options.rememberMilliseconds)
        if !options.webhooks.isEmpty { object.add("webhooks", .array(options.webhooks.map { .object($0.json) })) }
        object.add("webhook_secret", options.webhookSecret.map { Base64.text(of: $0) })
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a submission")
        specs = try fields.required("specs") { value in
            guard let values = value.array else { return nil }
            let objects = values.compactMap(\.object)
            return objects.count == values.count ? objects : nil
        }
        options = SubmitOptions()
        options.owner = try fields.textIfAny("owner")
        options.requester = try fields.objectIfAny("requester").map { Requester($0) }
        options.key = try fields.textIfAny("key")
        options.labels = try fields.texts("labels")
        options.priority = try fields.count("priority")
        options.notBeforeMilliseconds = try fields.integerIfAny("not_before_ms")
        options.missingNeeds = try fields.wordIfAny("missing_needs") ?? .error
        options.isForced = try fields.flag("force")
        options.rememberMilliseconds = try fields.integerIfAny("remember_ms")
        for member in try fields.objectIfAny("secrets")?.members ?? [] {
            guard let value = member.value.string.flatMap({ Base64.bytes(of: $0) }) else { throw fields.fault("secrets") }
            options.secrets[member.key] = value
        }
        options.webhooks = try fields.valueIfAny("webhooks") ?? []
        options.webhookSecret = try fields.textIfAny("webhook_secret").map { text throws(FarmError) in
            guard let secret = Base64.bytes(of: text) else { throw fields.fault("webhook_secret") }
            return secret
        }
    }
}

extension Webhook: WireValue {
    /// The webhook as it is stored and shown.
    public var wire: JSONValue { .object(json) }

    /// Reads what a submission may ask for. The names of secrets are the server's.
    public init(wire: JSONValue) throws(FarmError) {
        try self.init(requested: wire)
        if secret != nil { throw Self.fault(wire) }
    }
}

/// What became of a submission.
public struct SubmissionAnswer: WireObject {
    /// The build.
    public var build: BuildRecord
    /// True where the key and content had made it before.
    public var isExisting: Bool

    /// Tells what became of it.
    public init(_ outcome: Store.SubmitOutcome) {
        switch outcome {
        case .created(let build): (self.build, isExisting) = (build, false)
        case .existing(let build): (self.build, isExisting) = (build, true)
        }
    }

    /// What a store would have said.
    public var outcome: Store.SubmitOutcome { isExisting ? .existing(build) : .created(build) }

    /// `{build, existing}`
    public var json: JSONObject {
        var object: JSONObject = ["build": build.wire]
        object.addIfTrue("existing", isExisting)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "an accepted submission")
        build = try fields.value("build")
        isExisting = try fields.flag("existing")
    }
}

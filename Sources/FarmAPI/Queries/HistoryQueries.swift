public import FarmModel
public import FarmStore

extension FarmQueries {
    static var history: [any AnyFarmQuery] {
        [completeAttempt, packageHistory, builtNames, lastGood, historySamples, origin, logDigest]
    }

    /// Everything that is known of an attempt.
    public static let completeAttempt = FarmQuery<AttemptID, CompleteAttempt>("complete_attempt") { farm, attempt, _ throws(FarmError) in
        try farm.completeAttempt(attempt)
    }
    /// The ended attempts of a package.
    public static let packageHistory = FarmQuery<Limited<String>, [HistoryRecord]>("history") { farm, request, _ throws(FarmError) in
        try farm.history(of: request.value, newest: request.limit)
    }
    /// The names of all packages that were ever built.
    public static let builtNames = FarmQuery<NoValue, [String]>("built_names") { farm, _, _ throws(FarmError) in try farm.builtNames() }
    /// The last good attempt before another.
    public static let lastGood = FarmQuery<LastGoodRequest, HistoryRecord?>("last_good") { farm, request, _ throws(FarmError) in
        try farm.lastGood(before: request.attempt, of: request.identity)
    }
    /// Some ended attempts.
    public static let historySamples = FarmQuery<SampleRequest, [HistorySample]>("history_samples") { farm, request, _ throws(FarmError) in
        try farm.historySamples(after: request.after, name: request.name, since: request.since, atMost: request.limit)
    }
    /// Which attempt made a tree or a file.
    public static let origin = FarmQuery<String, ArtifactOrigin>("origin") { farm, text, _ throws(FarmError) in try farm.origin(of: text) }
    /// The digest of an attempt's log.
    public static let logDigest = FarmQuery<AttemptID, Digest?>("log_digest") { farm, attempt, _ throws(FarmError) in
        try farm.logDigest(farm.attempt(attempt))
    }
}

/// The last good attempt of what, before which.
public struct LastGoodRequest: WireObject {
    /// Before this one.
    public var attempt: AttemptID
    /// Of this.
    public var identity: JobIdentity

    /// Asks for it.
    public init(attempt: AttemptID, identity: JobIdentity) {
        self.attempt = attempt
        self.identity = identity
    }

    /// `{attempt, identity}`
    public var json: JSONObject { ["attempt": attempt.wire, "identity": identity.wire] }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a question for a good attempt")
        self.init(attempt: try fields.id("attempt"), identity: try fields.value("identity"))
    }
}

/// Which ended attempts are wanted.
public struct SampleRequest: WireObject {
    /// Those after this one.
    public var after: AttemptID?
    /// Of names that fit.
    public var name: String?
    /// Ended since, in milliseconds since 1970.
    public var since: Int64?
    /// The most of them.
    public var limit: Int

    /// Asks for them.
    public init(after: AttemptID?, name: String?, since: Int64?, limit: Int) {
        self.after = after
        self.name = name
        self.since = since
        self.limit = limit
    }

    /// `{after, name, since, limit}`
    public var json: JSONObject {
        var object: JSONObject = ["limit": .int(Int64(limit))]
        object.add("after", wire: after)
        object.add("name", name)
        object.add("since", since)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a question for samples")
        let limit: Int = try fields.value("limit")
        self.init(
            after: try fields.idIfAny("after"), name: try fields.textIfAny("name"), since: try fields.integerIfAny("since"),
            limit: min(max(1, limit), 20_000))
    }
}

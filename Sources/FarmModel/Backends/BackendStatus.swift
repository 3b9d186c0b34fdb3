/// A backend with what is known of it at the moment.
public struct BackendStatus: Sendable, Equatable {
    /// What whoever added it said.
    public var backend: BackendRecord
    /// How many jobs it may run at once.
    public var slots: Int
    /// The attempts that run on it.
    public var attempts: [AttemptID] = []
    /// Whether it failed lately.
    public var breaker = CircuitBreaker()
    /// Who drains it, since when and why; nil if nobody does.
    public var drain: JSONObject?
    /// What it answered when it was last asked.
    public var health = BackendHealth()

    /// A backend of which nothing is known yet.
    public init(_ backend: BackendRecord, pool: BackendPool) {
        self.backend = backend
        slots = backend.maxJobs ?? pool.maxJobs
    }

    /// One word for the state it is in, the first that holds: `drained`, `offline`, `resting`, `probing`, `online` or `unknown`.
    public func word(_ now: Moment) -> String {
        if drain != nil { return "drained" }
        if health.isOffline { return "offline" }
        if breaker.isOpen(now) { return breaker.restMilliseconds(now) == nil ? "probing" : "resting" }
        return health.isKnown ? "online" : "unknown"
    }
}

/// What a backend answered when it was last asked how it is.
public struct BackendHealth: Sendable, Equatable {
    /// When it was asked, in milliseconds since 1970; nil if never.
    public var checkedMilliseconds: Int64?
    /// Since when it does not answer, in milliseconds since 1970; nil if it does.
    public var offlineSinceMilliseconds: Int64?
    /// Why it is thought to be offline.
    public var error: String?
    /// Its name and version.
    public var version: String?
    /// What it runs programs of.
    public var architectures: [String] = []
    /// What it can do that others of its kind may not.
    public var abilities: [String] = []
    /// What its disk holds and may hold, and other figures.
    public var figures = JSONObject()
    /// What is worth changing on it.
    public var advice: [String] = []

    /// Nothing is known.
    public init() {}

    /// Whether it was asked and answered, or did not.
    public var isKnown: Bool { checkedMilliseconds != nil }

    /// Whether it did not answer.
    public var isOffline: Bool { offlineSinceMilliseconds != nil }

    /// As it is stored, and as it stands in records.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("checked", checkedMilliseconds.map(Timestamp.format))
        object.add("offline_since", offlineSinceMilliseconds.map(Timestamp.format))
        object.add("offline_error", error)
        object.add("version", version)
        object.add("architectures", architectures.isEmpty ? nil : .array(architectures.map(JSONValue.string)))
        object.add("abilities", abilities.isEmpty ? nil : .array(abilities.map(JSONValue.string)))
        object.add("figures", figures.members.isEmpty ? nil : .object(figures))
        object.add("advice", advice.isEmpty ? nil : .array(advice.map(JSONValue.string)))
        return object
    }

    /// Reads what ``json`` wrote.
    public init(_ object: JSONObject) {
        func strings(_ key: String) -> [String] { (object[key]?.array ?? []).compactMap(\.string) }
        checkedMilliseconds = object["checked"]?.string.flatMap(Timestamp.parse)
        offlineSinceMilliseconds = object["offline_since"]?.string.flatMap(Timestamp.parse)
        error = object["offline_error"]?.string
        version = object["version"]?.string
        architectures = strings("architectures")
        abilities = strings("abilities")
        figures = object["figures"]?.object ?? JSONObject()
        advice = strings("advice")
    }
}

/// A backend as tools and servers show it: what is known of it, at one moment.
public struct BackendReport: Sendable, Equatable {
    /// The `backend` record.
    public let json: JSONObject

    /// Describes a backend as it is now.
    public init(_ status: BackendStatus, _ now: Moment) {
        var object = status.backend.json
        object.add("state", status.word(now))
        object.add("slots", Int64(status.slots))
        object.add("running", Int64(status.attempts.count))
        object.add("attempts", status.attempts.isEmpty ? nil : .array(status.attempts.map { .string($0.description) }))
        object.add("breaker", .object(Self.breaker(status.breaker, now)))
        object.add("drain", status.drain.map(JSONValue.object))
        for member in status.health.json.members { object.add(member.key, member.value) }
        json = object
    }

    /// Repeats a record.
    public init(json: JSONObject) { self.json = json }

    private static func breaker(_ breaker: CircuitBreaker, _ now: Moment) -> JSONObject {
        let state = !breaker.isOpen(now) ? "closed" : breaker.restMilliseconds(now).map { $0 > 0 ? "open" : "half_open" } ?? "half_open"
        var object: JSONObject = ["state": .string(state), "failures": .int(Int64(breaker.failures))]
        object.add("rest_ms", breaker.restMilliseconds(now))
        object.add("last_error", breaker.lastError)
        object.add("last_failure", breaker.lastFailureMilliseconds.map(Timestamp.format))
        return object
    }

    /// Its address.
    public var address: String { json["address"]?.string ?? "" }
    /// What it can do.
    public var abilities: RunnerAbilities {
        Venue.abilities(of: BackendRecord(address: address, settings: json), selection: nil)
    }
    /// One word for how it is.
    public var state: String { json["state"]?.string ?? "unknown" }
    /// When it was last asked how it is, in milliseconds since 1970.
    public var checkedMilliseconds: Int64? { json["checked"]?.string.flatMap(Timestamp.parse) }
    /// Why it is thought to be offline; nil if it is not.
    public var offlineError: String? { json["offline_since"] == nil ? nil : json["offline_error"]?.string ?? "it does not answer" }
    /// What is worth changing on it.
    public var advice: [String] { (json["advice"]?.array ?? []).compactMap(\.string) }
    /// How often it failed in a row.
    public var failures: Int { json["breaker"]?["failures"]?.int.map { Int(clamping: $0) } ?? 0 }
    /// How many jobs it runs.
    public var running: Int { json["running"]?.int.map { Int(clamping: $0) } ?? 0 }
    /// Whether it is kept from jobs as it failed.
    public var isBreakerOpen: Bool { json["breaker"]?["state"]?.string != "closed" }
    /// When it failed last, in milliseconds since 1970.
    public var lastFailureMilliseconds: Int64? { json["breaker"]?["last_failure"]?.string.flatMap(Timestamp.parse) }
}

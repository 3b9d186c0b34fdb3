import FarmAPI
import FarmModel
import FarmSubmission
import HTTPTypes
import HostSystem
import HummingbirdCore

/// What is said about a submission as a whole, in the query and headers of its request.
struct SubmitRequest {
    static let parameters = [
        Parameter("key", "The same key with the same content answers the first build; also as the header Idempotency-Key."),
        Parameter("label", "A label of the build, key or key=value; may be repeated.", isRepeated: true),
        .integer("priority", "Added to each job's priority; larger goes first.", -1_000_000...1_000_000),
        Parameter("not_before", "Start nothing before this time (2026-11-20T23:30:00Z), or so long from now (2h)."),
        .word("missing_needs", "What becomes of needs that no job has.", SubmitOptions.MissingNeeds.allCases.map(\.rawValue)),
        .flag("force", "Run every job, also those that are unchanged."),
        Parameter("webhook", "An address that is told when the build has ended; may be repeated.", isRepeated: true),
        Parameter(
            "webhook_event", "What is told, build.ended if not given; may be repeated.",
            ["type": "string", "enum": .array(Webhook.Event.allCases.map { .string($0.rawValue) })], isRepeated: true),
        Parameter("webhook_secret", "The name of the configured secret that signs the messages."),
        Parameter("remember_failures", "How long failures of the jobs' own commands are remembered, for instance 24h."),
    ]

    let options: SubmitOptions

    private static let labelLimit = 64

    /// - Parameter secrets: The names of the secrets of configured webhooks.
    init(_ call: Call, secrets: Set<String>) throws(Problem) {
        var options = SubmitOptions()
        options.readsLocalFiles = false
        options.owner = call.caller.owner
        options.requester = call.caller.requester(address: call.context.address)
        options.key = try Self.key(call)
        options.labels = call.queries("label")
        guard options.labels.count <= Self.labelLimit, options.labels.allSatisfy({ (1...500).contains($0.utf8.count) }) else {
            throw Problem(400, "bad_parameter", "at most \(Self.labelLimit) labels of 1 to 500 bytes each")
        }
        options.priority = try call.integer("priority", -1_000_000...1_000_000) ?? 0
        options.isForced = try call.flag("force")
        options.notBeforeMilliseconds = try call.query("not_before").map { text throws(Problem) in
            if let time = Timestamp.parse(text) { return time }
            return Clock.wallMilliseconds + (try Self.duration("not_before", text))
        }
        options.rememberMilliseconds = try call.query("remember_failures").map { text throws(Problem) in
            try Self.duration("remember_failures", text)
        }
        if let text = call.query("missing_needs") {
            guard let choice = SubmitOptions.MissingNeeds(rawValue: text) else {
                throw Problem(400, "bad_parameter", "missing_needs=\(JSONValue.string(text).text) is neither error nor ignore")
            }
            options.missingNeeds = choice
        }
        options.webhooks = try Self.webhooks(call, secrets: secrets)
        self.options = options
    }

    /// Whoever submits may use no secret but those that are configured for webhooks.
    private static func webhooks(_ call: Call, secrets: Set<String>) throws(Problem) -> [Webhook] {
        let (events, secret) = (call.queries("webhook_event"), call.query("webhook_secret"))
        if let secret, !secrets.contains(secret) {
            throw Problem(400, "bad_parameter", "webhook_secret=\(JSONValue.string(secret).text) is no secret of a configured webhook")
        }
        var webhooks: [Webhook] = []
        for url in call.queries("webhook") {
            var object: JSONObject = ["url": .string(url)]
            if !events.isEmpty { object.add("events", .array(events.map(JSONValue.string))) }
            object.add("secret", secret)
            do throws(FarmError) { webhooks.append(try Webhook(requested: .object(object))) } catch {
                throw Problem(400, "bad_parameter", error.message)
            }
        }
        return webhooks
    }

    private static func key(_ call: Call) throws(Problem) -> String? {
        guard let key = call.request.headers[.idempotencyKey] ?? call.query("key") else { return nil }
        guard (1...500).contains(key.utf8.count) else { throw Problem(400, "bad_parameter", "a key has 1 to 500 bytes") }
        return key
    }

    private static func duration(_ name: String, _ text: String) throws(Problem) -> Int64 {
        if let span = DurationText.milliseconds(text) { return span }
        throw Problem(400, "bad_parameter", "\(name)=\(JSONValue.string(text).text) is no time and no duration such as 2h")
    }
}

/// Somebody who wants to be told by HTTP of what ends.
public struct Webhook: Sendable, Hashable {
    /// What can be told.
    public enum Event: String, Sendable, CaseIterable {
        /// A build has ended.
        case buildEnded = "build.ended"
        /// A job has ended. Of one that failed, those that were skipped because of it are told with it and not by themselves.
        case jobEnded = "job.ended"
    }

    /// Where messages are sent to.
    public var url: String
    /// What is told, in the order of ``Event``.
    public var events: [Event]
    /// The name of the configured secret that messages are signed with; nil for no signature.
    public var secret: String?
    /// Only of builds that have all these labels.
    public var labels: [String] = []
    /// Only of builds of this submitter.
    public var owner: String?
    /// Whether the address may be one of this machine or its own network. Only an operator may say so.
    public var allowsPrivate = false

    /// So many at most for one build.
    public static let limitOfBuild = 10

    /// Bytes of a secret that signs messages, at least: HMAC-SHA256 is only as good as its key.
    public static let shortestSecret = 16

    /// Creates a wish to be told of ended builds.
    public init(url: String, events: [Event] = [.buildEnded], secret: String? = nil) {
        self.url = url
        self.events = events
        self.secret = secret
    }

    /// True if somebody wants to be told of what happens to a build.
    public func wants(_ event: Event, owner: String?, labels: [String]) -> Bool {
        events.contains(event) && (self.owner == nil || self.owner == owner) && self.labels.allSatisfy(labels.contains)
    }
}

/// Webhooks as text: what is stored of them, and what comes with a submission.
extension Webhook {
    private static let requestKeys = ["url", "events", "secret"]

    /// The webhook as it is stored and shown.
    public var json: JSONObject {
        var object: JSONObject = ["url": .string(url), "events": .array(events.map { .string($0.rawValue) })]
        object.add("secret", secret)
        if !labels.isEmpty { object.add("labels", .array(labels.map(JSONValue.string))) }
        object.add("owner", owner)
        object.addIfTrue("private", allowsPrivate)
        return object
    }

    /// Reads ``json`` again; nil for anything else.
    public init?(stored value: JSONValue) {
        guard let url = value["url"]?.string, let events = value["events"]?.array else { return nil }
        self.init(url: url, events: events.compactMap { $0.string.flatMap(Event.init(rawValue:)) }, secret: value["secret"]?.string)
        labels = value["labels"]?.array?.compactMap(\.string) ?? []
        owner = value["owner"]?.string
        allowsPrivate = value["private"]?.bool ?? false
    }

    /// Reads the webhook of one build out of a request: `url`, and perhaps `events` and `secret`.
    /// - Throws: `badInput` that says what is wrong.
    public init(requested value: JSONValue) throws(FarmError) {
        guard let object = value.object, let url = object["url"]?.string else {
            throw FarmError(.badInput, "webhooks: expected an object with url, and perhaps events and secret")
        }
        if let unknown = object.members.first(where: { !Self.requestKeys.contains($0.key) }) {
            throw FarmError(.badInput, "webhooks: unknown key \(JSONValue.string(unknown.key).text); allowed are url, events, secret")
        }
        if let fault = Self.fault(ofURL: url) { throw FarmError(.badInput, "webhooks: url: \(fault)") }
        self.init(url: url)
        if let value = object["events"] { events = try Self.events(value) }
        guard let value = object["secret"] else { return }
        guard let name = value.string, Self.isSecretName(name) else {
            throw FarmError(.badInput, "webhooks: secret: expected the name of a configured secret")
        }
        secret = name
    }

    private static func events(_ value: JSONValue) throws(FarmError) -> [Event] {
        let words = Set(value.array?.map { $0.string ?? "" } ?? [])
        let known = Event.allCases.filter { words.contains($0.rawValue) }
        guard !known.isEmpty, known.count == words.count else {
            let names = Event.allCases.map(\.rawValue).joined(separator: ", ")
            throw FarmError(.badInput, "webhooks: events: expected a list of some of \(names)")
        }
        return known
    }

    private static func isSecretName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    }

    /// What is wrong with the address of a webhook, as a phrase that does not repeat it; nil if nothing is.
    public static func fault(ofURL url: String) -> String? {
        let shape = url.asciiShape
        // What a backslash means in an address differs from program to program.
        guard shape.utf8.count <= 2048, shape.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }) else {
            return "an address has at most 2048 bytes, and no spaces and backslashes"
        }
        guard let scheme = ["https://", "http://"].first(where: { shape.lowercased().hasPrefix($0) }) else {
            return "an address begins with https:// or http://"
        }
        let authority = shape.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        if authority.contains("@") { return "a user or password does not belong into it; use secret, and check the signature" }
        guard let first = authority.utf8.first, first != UInt8(ascii: ":") else { return "it names no host" }
        return nil
    }
}

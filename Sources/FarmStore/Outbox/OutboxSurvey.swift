internal import FarmModel

/// How many messages to webhooks wait, and how many were given up.
public struct OutboxSurvey: Sendable, Equatable {
    /// Still to be delivered.
    public var waiting: Int
    /// Given up within the last 30 days.
    public var abandoned: Int
    /// The newest of those that were given up.
    public var newest: Abandoned?

    /// A message that was given up.
    public struct Abandoned: Sendable, Equatable {
        /// Where it was to go, without the path: that may be a secret.
        public var place: String
        /// Why it failed the last time.
        public var reason: String

        /// A message by its results.
        public init(place: String, reason: String) {
            self.place = place
            self.reason = reason
        }
    }

    /// A survey by its results.
    public init(waiting: Int, abandoned: Int, newest: Abandoned? = nil) {
        self.waiting = waiting
        self.abandoned = abandoned
        self.newest = newest
    }

    init(_ connection: Connection) throws(FarmError) {
        let counts = try connection.first("SELECT count(due_ms), count(given_up_ms) FROM outbox") { ($0.integer(0), $0.integer(1)) }
        (waiting, abandoned) = (Int(counts?.0 ?? 0), Int(counts?.1 ?? 0))
        newest = try connection.first(
            "SELECT url, message FROM outbox WHERE given_up_ms IS NOT NULL ORDER BY given_up_ms DESC, id DESC LIMIT 1"
        ) { Abandoned(place: Self.place(of: $0.text(0)), reason: $0.textIfAny(1) ?? "") }
    }

    private static func place(of url: String) -> String {
        url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }
}

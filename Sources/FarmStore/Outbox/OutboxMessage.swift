public import FarmModel

/// A message to a webhook that was not delivered yet.
public struct OutboxMessage: Sendable, Equatable {
    /// Its number in the outbox.
    public var id: Int64
    /// The place of what it tells in the stream of events: the same for all who are told, and each time.
    public var event: String
    /// What it tells.
    public var type: Webhook.Event
    /// The build that it is about.
    public var build: BuildID
    /// The job, if it is about one.
    public var job: JobID?
    /// Where it goes.
    public var url: String
    /// The name of the configured secret that signs it; nil for no signature.
    public var secret: String?
    /// Whether the address may be one of this machine or its own network.
    public var allowsPrivate: Bool
    /// What is sent: one JSON object.
    public var body: String
    /// When it was made, in milliseconds since 1970.
    public var createdMilliseconds: Int64
    /// How often it was tried.
    public var attempts: Int
    /// Why it failed the last time.
    public var message: String?
    /// When it was given up, in milliseconds since 1970; nil if it still is to be delivered.
    public var givenUpMilliseconds: Int64?
}

extension OutboxMessage {
    static let columns = "id, event, type, build, job, url, secret, private, body, created_ms, attempts, message, given_up_ms"

    init(_ row: Row) {
        id = row.integer(0)
        event = row.text(1)
        type = Webhook.Event(rawValue: row.text(2)) ?? .buildEnded
        build = row.identifier(3)
        job = row.identifierIfAny(4)
        url = row.text(5)
        secret = row.textIfAny(6)
        allowsPrivate = row.flag(7)
        body = row.text(8)
        createdMilliseconds = row.integer(9)
        attempts = Int(row.integer(10))
        message = row.textIfAny(11)
        givenUpMilliseconds = row.integerIfAny(12)
    }
}

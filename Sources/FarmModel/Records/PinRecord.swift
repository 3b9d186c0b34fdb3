/// A wish of a person or a client that something be kept.
public struct PinRecord: Sendable, Equatable {
    /// What is kept.
    public enum Subject: Sendable, Hashable, CustomStringConvertible {
        /// A build with its logs and artifacts.
        case build(BuildID)
        /// A tree or a file of the store.
        case digest(Digest)

        /// The id or the digest.
        public var description: String {
            switch self {
            case .build(let build): build.description
            case .digest(let digest): digest.description
            }
        }
    }

    /// What is kept.
    public var subject: Subject
    /// Who wished it.
    public var holder: String
    /// Why, if that was said.
    public var reason: String?
    /// When it was made, in milliseconds since 1970.
    public var createdMilliseconds: Int64
    /// Until when it holds, in milliseconds since 1970; nil is for ever.
    public var expiresMilliseconds: Int64?

    /// Creates a record.
    public init(subject: Subject, holder: String, reason: String?, createdMilliseconds: Int64, expiresMilliseconds: Int64?) {
        self.subject = subject
        self.holder = holder
        self.reason = reason
        self.createdMilliseconds = createdMilliseconds
        self.expiresMilliseconds = expiresMilliseconds
    }

    /// For instance `pinned by ann until 2027-01-01T00:00:00Z: release`.
    public var phrase: String {
        let end = expiresMilliseconds.map { " until \(Timestamp.format(milliseconds: $0))" } ?? ""
        return "pinned by \(holder)\(end)" + (reason.map { ": \($0)" } ?? "")
    }

    /// The `pin` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "pin", "id": .string(subject.description), "holder": .string(holder)]
        object.add("reason", reason)
        object.add("created", Timestamp.format(milliseconds: createdMilliseconds))
        object.add("expires", expiresMilliseconds.map { Timestamp.format(milliseconds: $0) })
        return object
    }
}

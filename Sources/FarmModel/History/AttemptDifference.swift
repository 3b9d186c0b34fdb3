/// One thing in which two attempts differ.
public struct AttemptDifference: Sendable, Equatable {
    /// What kind of thing it is.
    public enum Subject: String, Sendable, CaseIterable {
        /// How they ended: state, class, message, exit code.
        case outcome
        /// A key of the document.
        case document
        /// The tree of a need.
        case need
        /// What a source came to.
        case source
        /// The root file system.
        case environment
        /// The recipe and its revision, or how bf makes plans of documents.
        case recipe
        /// An environment variable.
        case variable
        /// The name of a secret.
        case secret
        /// The machine: host, kernel, versions, isolation.
        case machine
        /// How a phase ended, or how long it took.
        case phase
        /// How long the whole took, or what it used.
        case usage
        /// What came out.
        case output
    }

    /// What kind of thing it is.
    public var subject: Subject
    /// Which one of its kind.
    public var name: String
    /// What it was in the first attempt; nil if there was none.
    public var old: JSONValue?
    /// What it is in the second.
    public var new: JSONValue?

    /// Creates a difference.
    public init(_ subject: Subject, _ name: String, old: JSONValue?, new: JSONValue?) {
        self.subject = subject
        self.name = name
        self.old = old
        self.new = new
    }

    /// The `difference` record.
    public func json(from first: AttemptID, to second: AttemptID) -> JSONObject {
        var object: JSONObject = ["kind": "difference", "from": .string(first.description), "to": .string(second.description)]
        object.add("what", subject.rawValue)
        object.add("name", name)
        object.add("old", old)
        object.add("new", new)
        return object
    }
}

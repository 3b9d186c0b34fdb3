/// Something that garbage collection removed, or would remove, or keeps for a reason.
public struct DeletionRecord: Sendable, Equatable {
    /// What kind of thing it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A build with its jobs, attempts and logs.
        case build
        /// The logs of a build that stays, or that is gone.
        case log
        /// The artifacts of a job that stays.
        case artifact
        /// A file of the store.
        case blob
        /// What somebody who died was adding to the store.
        case session
        /// The work folder of an attempt.
        case work
        /// A cache, or a part of one.
        case cache
        /// What an earlier collection had begun to remove.
        case leftover
    }

    /// What it is.
    public var type: Kind
    /// The build's or job's id, the blob's digest, or a path below the state directory.
    public var id: String
    /// How much room its files take, in bytes; nil where it has none of its own.
    public var bytes: Int64?
    /// Why it goes or stays.
    public var reason: String
    /// What became of it.
    public var outcome: Outcome

    /// What became of a thing.
    public enum Outcome: Sendable, Equatable {
        /// It is gone.
        case removed
        /// It is still there because nothing was to be removed.
        case wouldBeRemoved
        /// It stays.
        case kept
    }

    /// Creates a record.
    public init(_ type: Kind, _ id: String, bytes: Int64? = nil, reason: String, outcome: Outcome) {
        self.type = type
        self.id = id
        self.bytes = bytes
        self.reason = reason
        self.outcome = outcome
    }

    /// The `gc` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "gc", "type": .string(type.rawValue), "id": .string(id)]
        object.add("bytes", bytes)
        object.add("reason", reason)
        object.addIfTrue("dry_run", outcome == .wouldBeRemoved)
        object.addIfTrue("kept", outcome == .kept)
        return object
    }
}

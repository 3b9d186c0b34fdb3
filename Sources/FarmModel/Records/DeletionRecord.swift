/// Something that garbage collection removed, or would remove.
public struct DeletionRecord: Sendable, Equatable {
    /// `build`, `blob`, or `cache`.
    public var type: String
    /// The build's id, the blob's digest, or the cache's path below the state directory.
    public var id: String
    /// How much room it took, in bytes; nil if that was not measured.
    public var bytes: Int64?
    /// Why it went.
    public var reason: String
    /// True if it is still there because nothing was to be removed.
    public var isDryRun: Bool

    /// Creates a record.
    public init(type: String, id: String, bytes: Int64? = nil, reason: String, isDryRun: Bool) {
        self.type = type
        self.id = id
        self.bytes = bytes
        self.reason = reason
        self.isDryRun = isDryRun
    }

    /// The `gc` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "gc", "type": .string(type), "id": .string(id)]
        object.add("bytes", bytes)
        object.add("reason", reason)
        object.addIfTrue("dry_run", isDryRun)
        return object
    }
}

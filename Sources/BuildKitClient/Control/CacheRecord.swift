/// Something in a daemon's cache.
public struct CacheRecord: Sendable, Equatable {
    /// Its identifier.
    public var identifier: String
    /// What kind of thing it is, for instance `exec.cachemount`.
    public var type: String
    /// What made it.
    public var description: String
    /// Its size in bytes.
    public var bytes: Int64
    /// Whether something uses it now.
    public var isInUse: Bool
    /// Whether its bytes are those of an image too.
    public var isShared: Bool

    init(_ record: Moby_Buildkit_V1_UsageRecord) {
        identifier = record.id
        type = record.recordType
        description = record.description_p
        bytes = record.size
        isInUse = record.inUse
        isShared = record.shared
    }
}

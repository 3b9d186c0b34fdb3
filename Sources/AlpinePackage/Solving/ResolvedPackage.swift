/// A package that was chosen.
public struct ResolvedPackage: Sendable, Hashable {
    /// What its source says of it.
    public var record: PackageRecord
    /// The position of its source in the list that was chosen from.
    public var source: Int
    /// Who asked for it, as half a sentence: `curl-8.1-r0 needs so:libz.so.1`.
    public var reason: String

    /// Creates a choice.
    public init(record: PackageRecord, source: Int, reason: String) {
        self.record = record
        self.source = source
        self.reason = reason
    }
}

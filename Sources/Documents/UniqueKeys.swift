/// Notices a key that stands twice in a mapping: by comparison while there are few, by hashing when there are many.
struct UniqueKeys {
    private static let few = 16
    private var hashed: Set<String> = []

    /// True if `key` is not among the members read so far, which must all have passed through here in order.
    mutating func insert(_ key: String, after members: [DocumentMember]) -> Bool {
        if members.count < Self.few { return !members.contains { $0.key == key } }
        if hashed.isEmpty { hashed = Set(members.lazy.map(\.key)) }
        return hashed.insert(key).inserted
    }
}

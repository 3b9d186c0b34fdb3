/// One of a daemon's workers.
public struct Worker: Sendable, Equatable {
    /// Its identifier.
    public var identifier: String
    /// What it says of itself, by key.
    public var labels: [String: String]
    /// What it can run: the first is its own, the others are close to it or emulated.
    public var platforms: [Platform]
    /// When it removes what from its cache.
    public var collection: [CollectionRule]

    /// One rule by which a daemon removes from its cache.
    public struct CollectionRule: Sendable, Equatable {
        /// Bytes that this rule leaves; 0 if it does not say.
        public var keptBytes: Int64
        /// The most bytes that may be used; 0 if it does not say.
        public var mostBytes: Int64
        /// Bytes of the disk that must stay free; 0 if it does not say.
        public var freeBytes: Int64
    }

    init(_ record: Moby_Buildkit_V1_WorkerRecord) {
        identifier = record.id
        labels = record.labels
        platforms = record.platforms.map(Platform.init)
        collection = record.gcPolicy.map {
            CollectionRule(keptBytes: $0.reservedSpace, mostBytes: $0.maxUsedSpace, freeBytes: $0.minFreeSpace)
        }
    }
}

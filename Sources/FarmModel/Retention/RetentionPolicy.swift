/// How long a farm keeps what it made, and how much of it: what gc goes by.
///
/// A value that decides and touches nothing; the defaults suit a farm that nobody watches.
public struct RetentionPolicy: Sendable, Equatable {
    /// How long something is kept after its build has ended, by how it ended, in milliseconds; nil is for ever.
    public struct Ages: Sendable, Equatable {
        /// Builds whose jobs all succeeded.
        public var success: Int64?
        /// Builds that failed, wholly or in part.
        public var failed: Int64?
        /// Builds that were cancelled.
        public var cancelled: Int64?

        /// Creates ages; what is left out is kept for ever.
        public init(success: Int64? = nil, failed: Int64? = nil, cancelled: Int64? = nil) {
            self.success = success
            self.failed = failed
            self.cancelled = cancelled
        }

        /// The same age for every end.
        public init(all age: Int64?) { self.init(success: age, failed: age, cancelled: age) }

        /// The age for builds that ended in a state; nil for ever, also for builds that have not ended.
        public func age(of state: BuildState) -> Int64? {
            switch state {
            case .success: success
            case .failed, .partial: failed
            case .cancelled: cancelled
            case .pending, .running: nil
            }
        }

        /// The shortest of the ages; nil if all are for ever.
        public var shortest: Int64? { [success, failed, cancelled].compactMap(\.self).min() }
    }

    /// `gc.builds.success`, `.failed`, `.cancelled`: builds with all that belongs to them. By default 30 days, cancelled ones 7.
    public var builds = Ages(success: 30 * day, failed: 30 * day, cancelled: 7 * day)
    /// `gc.builds.keep`: of each package the builds with this many of its newest good and newest failed results stay. By default 1.
    public var buildsKept = 1
    /// `gc.logs.*`: logs, where they shall go before their builds. By default never.
    public var logs = Ages()
    /// `gc.artifacts.*`: artifacts, where they shall go before their builds. By default never.
    public var artifacts = Ages()
    /// `gc.artifacts.keep`: how many of the newest good trees of each package stay. By default 1, which needs no build to stay with it;
    /// with 0 a need `from: latest` may find nothing.
    public var artifactsKept = 1
    /// `gc.work`: work folders that dead runners left, after the last change in them, in milliseconds. By default they go at once.
    public var work: Int64? = 0
    /// `gc.caches.age`: caches, after their last use, in milliseconds. By default 30 days.
    public var cachesAge: Int64? = 30 * day
    /// `gc.caches.size`: the most that caches may take, in bytes; those go first that were used longest ago. By default no limit.
    public var cachesSize: Int64?
    /// `gc.size`: the most that blobs and logs may take, in bytes; the oldest builds go first. By default no limit.
    public var size: Int64?

    /// The defaults.
    public init() {}

    private static let day: Int64 = 86_400_000
}

public import FarmModel
internal import HostSystem

/// Removes what a retention policy does not want any more, and what is left of those who died.
///
/// First comes a plan, then each part of it is carried out, or only told: a dry run goes the same way and tells the same. Rows go before
/// files, durably, in batches so short that nobody who writes or commits blobs waits noticeably. What a kill leaves, the next collection
/// removes.
public final class Collector {
    let store: Store
    let policy: RetentionPolicy
    let isDryRun: Bool
    let report: (DeletionRecord) throws -> Void
    let notice: (String) -> Void
    /// Milliseconds since 1970; nil if the clock is not believed.
    let now: Int64?
    private let lock: FileLock

    /// A wall clock further than this after the newest event is not believed.
    private static let clockTrustMilliseconds: Int64 = 30 * 86_400_000

    /// Less free room than this is too little for the write-ahead log.
    private static let workingBytes: UInt64 = 16 << 20

    /// Prepares to collect.
    ///
    /// - Parameters:
    ///   - report: Told of each thing, when its removal is on the disk.
    ///   - notice: Told what people should know.
    /// - Throws: `temporary` if another collection is running.
    public init(
        store: Store, policy: RetentionPolicy, isDryRun: Bool, notice: @escaping (String) -> Void,
        report: @escaping (DeletionRecord) throws -> Void
    ) throws(FarmError) {
        self.store = store
        self.policy = policy
        self.isDryRun = isDryRun
        self.notice = notice
        self.report = report
        let path = store.directory.path + "/gc.lock"
        let gate = try FarmError.wrap { () throws(SystemError) in try FileLock(path: path) }
        lock = gate
        let isAlone = try FarmError.wrap { () throws(SystemError) in try gate.tryExclusive() }
        guard isAlone else { throw FarmError(.temporary, "another bf-gc is at work on \(store.directory.path)") }
        now = try Self.believedTime(store)
    }

    /// At once, even if a process that is just being started has inherited the lock for a moment.
    deinit { try? lock.unlock() }

    private static func believedTime(_ store: Store) throws(FarmError) -> Int64? {
        let newest = try store.read { database throws(FarmError) in
            try database.first("SELECT time_ms FROM events ORDER BY seq DESC LIMIT 1") { $0.integer(0) }
        }
        // Read after the event: others go on writing newer ones.
        let now = store.clock().wallMilliseconds
        guard let newest else { return now }
        return now >= newest && now - newest <= clockTrustMilliseconds ? now : nil
    }

    /// Collects.
    ///
    /// - Parameter explains: Whether each finished build that stays is reported too.
    /// - Throws: `FarmError`, and what `report` throws.
    public func collect(explains: Bool = false) throws {
        if now == nil { notice("the clock does not fit the newest event, so nothing is removed by age; set the clock") }
        if !isDryRun { makeRoomToWork() }
        try collectLeftovers()
        try collectStrays()
        try collectWork()
        var plan = try CollectionPlan(store, policy, now: now)
        try plan.make()
        if explains { try plan.explain { try report(DeletionRecord(.build, $0.description, reason: $1, outcome: .kept)) } }
        if plan.isTooLarge, let size = policy.size {
            notice("the store stays larger than \(SizeText.text(bytes: size)): what is left is in use, pinned or among the newest")
        }
        try collectBuilds(plan)
        try collectLogs(plan)
        try collectArtifacts(plan)
        try collectGarbage(plan)
        try CacheCollection(self).collect()
        if !isDryRun { try tidyDatabase() }
    }

    /// On a full disk not even the rows of what shall go can be removed.
    private func makeRoomToWork() {
        guard let system = try? FileSystem(at: store.directory.path), system.freeBytes < Self.workingBytes else { return }
        store.releaseReserve()
    }

    /// Reports a removal that is on the disk, or would have been made.
    func tell(_ type: DeletionRecord.Kind, _ id: String, bytes: Int64? = nil, _ reason: String) throws {
        try report(DeletionRecord(type, id, bytes: bytes, reason: reason, outcome: isDryRun ? .wouldBeRemoved : .removed))
    }

    /// What is no deletion that anybody has to know of.
    private func tidyDatabase() throws(FarmError) {
        if let now {
            try ExpiredPins(store: store, now: now).remove()
            try OldEvents(store: store, now: now).remove()
            try OldMessages(store: store, now: now).remove()
        }
        try OldHistory(store: store).remove()
        try FreePages(store: store).giveBack()
    }
}

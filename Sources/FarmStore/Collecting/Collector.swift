public import FarmModel
internal import HostSystem

/// Removes old builds, and then every tree and blob that nothing refers to.
///
/// Rows go first, durably, and files after them, in batches short enough that nobody who commits blobs waits noticeably.
public final class Collector {
    private let store: Store
    private let isDryRun: Bool
    private let lock: FileLock

    private static let buildBatch = 20
    private static let blobBatch = 200
    /// A wall clock further than this after the newest event is not believed.
    private static let clockTrustMilliseconds: Int64 = 30 * 86_400_000

    /// Prepares to collect.
    /// - Throws: `temporary` if another collection is running.
    public init(store: Store, isDryRun: Bool) throws(FarmError) {
        self.store = store
        self.isDryRun = isDryRun
        let path = store.directory.path + "/gc.lock"
        lock = try FarmError.wrap { () throws(SystemError) in try FileLock(path: path) }
        let isAlone = try FarmError.wrap { () throws(SystemError) in try lock.tryExclusive() }
        guard isAlone else { throw FarmError(.temporary, "another bf-gc is at work on \(store.directory.path)") }
    }

    /// Removes builds that ended longer ago than the given time, and what nothing refers to.
    public func collect(olderThanMilliseconds age: Int64, notice: (String) -> Void) throws(FarmError) -> [DeletionRecord] {
        var deletions: [DeletionRecord] = []
        if try isClockBelievable() {
            deletions += try collectBuilds(
                endedBefore: Clock.wallMilliseconds - age, reason: "ended more than \(DurationText.text(milliseconds: age)) ago")
        } else {
            notice("the clock does not fit the newest event, so no build is removed by age; set the clock")
        }
        guard !isDryRun else { return deletions }
        deletions += try collectBlobs()
        deletions += try collectInterruptedSessions()
        deletions += collectCachedTrees()
        if !deletions.isEmpty { try store.vacuum() }
        return deletions
    }

    private func isClockBelievable() throws(FarmError) -> Bool {
        guard let newest = try store.newestEventMilliseconds() else { return true }
        let now = Clock.wallMilliseconds
        return now >= newest && now - newest <= Self.clockTrustMilliseconds
    }

    private func collectBuilds(endedBefore limit: Int64, reason: String) throws(FarmError) -> [DeletionRecord] {
        var deletions: [DeletionRecord] = []
        if isDryRun {
            return try store.endedBuilds(before: limit, atMost: .max).map {
                DeletionRecord(type: "build", id: $0.description, reason: reason, isDryRun: true)
            }
        }
        while true {
            let builds = try store.removeBuilds(endedBefore: limit, atMost: Self.buildBatch)
            if builds.isEmpty { return deletions }
            for build in builds {
                try FarmError.wrap { () throws(SystemError) in try Files.removeTree("\(store.directory.path)/logs/\(build)") }
                deletions.append(DeletionRecord(type: "build", id: build.description, reason: reason, isDryRun: false))
            }
        }
    }

    private func collectBlobs() throws(FarmError) -> [DeletionRecord] {
        var deletions: [DeletionRecord] = []
        while true {
            let artifacts = try lockArtifacts()
            defer { try? artifacts.unlock() }
            let blobs = try store.removeUnreferencedBlobs(atMost: Self.blobBatch)
            if blobs.isEmpty { return deletions }
            for (digest, bytes) in blobs {
                try? Files.removeFile(store.blobs.path(digest))
                deletions.append(
                    DeletionRecord(type: "blob", id: digest.description, bytes: bytes, reason: "nothing refers to it", isDryRun: false))
            }
        }
    }

    /// Keeps out whoever adds blobs, for the length of one batch.
    private func lockArtifacts() throws(FarmError) -> FileLock {
        do throws(SystemError) {
            let artifacts = try FileLock(path: store.directory.artifactsLock)
            try artifacts.lock(.exclusive, timeout: .seconds(60))
            return artifacts
        } catch {
            guard error.isTimeout else { throw FarmError(error) }
            throw FarmError(.temporary, "jobs or submissions have been storing files for 60 s; try again later")
        }
    }

    /// What processes that died left of blobs they were adding: with the lock held alone nobody is adding any.
    private func collectInterruptedSessions() throws(FarmError) -> [DeletionRecord] {
        let artifacts = try lockArtifacts()
        defer { try? artifacts.unlock() }
        var deletions: [DeletionRecord] = []
        for entry in (try? Files.entries(of: store.directory.path + "/blobs")) ?? [] {
            guard let name = entry.name, name.hasPrefix(BlobSession.folderPrefix) else { continue }
            try FarmError.wrap { () throws(SystemError) in try Files.removeTree("\(store.directory.path)/blobs/\(name)") }
            deletions.append(DeletionRecord(type: "blob", id: "blobs/\(name)", reason: "whoever was adding it died", isDryRun: false))
        }
        return deletions
    }

    /// Laid out copies of trees that are gone; one that a job uses is locked.
    private func collectCachedTrees() -> [DeletionRecord] {
        let folder = store.directory.cache + "/trees"
        var deletions: [DeletionRecord] = []
        for entry in (try? Files.entries(of: folder)) ?? [] where entry.type == .folder {
            guard let name = entry.name, let digest = name.split(separator: "@").first.flatMap({ Digest($0) }),
                (try? store.knowsTree(digest)) == false, let lock = try? FileLock(path: "\(folder)/\(name).lock"),
                (try? lock.tryExclusive()) == true, (try? Files.removeTree("\(folder)/\(name)")) != nil
            else { continue }
            deletions.append(DeletionRecord(type: "cache", id: "cache/trees/\(name)", reason: "its tree is gone", isDryRun: false))
        }
        return deletions
    }
}

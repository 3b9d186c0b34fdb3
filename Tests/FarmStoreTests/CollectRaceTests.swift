import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

/// What happens between the plan and the removal, and what a kill leaves.
@Suite struct CollectRaceTests {
    private let farm: CollectFarm

    init() throws { farm = try CollectFarm() }

    private var now: Int64 { farm.clock.now.wallMilliseconds }

    private func planned(_ table: String) throws -> [PlannedRow] {
        try farm.store.readWhereWritten { database throws(FarmError) in try PlannedRow.page(of: table, after: 0, atMost: 100, database) }
    }

    @Test func aBuildThatWasRevivedOrPinnedStays() throws {
        let revived = try farm.build("bad-1", "")
        let pinned = try farm.build("bad-2", "")
        let free = try farm.build("bad-3", "")
        farm.clock.advance(1)
        var plan = try CollectionPlan(farm.store, CollectFarm.nothing, now: now)
        try plan.make()
        let rows = try planned("gone_builds")
        #expect(rows.map(\.id) == [revived, pinned, free].map(\.number))
        _ = try farm.store.retryFailed(of: revived)
        _ = try farm.store.pin(.build(pinned), by: "ann", reason: nil, for: nil)
        #expect(try BuildRemoval(store: farm.store, now: now).remove(rows).map(\.id) == [free.number])
    }

    /// Reads of one process may go to another connection, which has no tables of the plan.
    @Test func othersMayUseTheStoreMeanwhile() async throws {
        let store = farm.store
        let count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT count(*) FROM n"
        let others = Task.detached {
            while !Task.isCancelled {
                _ = try store.read { database throws(FarmError) in try database.first(count) { $0.integer(0) } }
            }
        }
        for number in 0..<20 {
            try farm.build("lib", "\(number)")
            farm.clock.advance(1)
            try farm.collect(CollectFarm.nothing, isDryRun: number % 2 == 0)
        }
        others.cancel()
        try await others.value
        #expect(try farm.faults().isEmpty)
    }

    @Test func aBlobThatIsCommittedMeanwhileStays() throws {
        try farm.build("lib", "same")
        try farm.build("lib", "other")
        farm.clock.advance(1)
        try farm.collect(CollectFarm.nothing)
        try farm.build("lib", "same")
        try farm.build("lib", "third")
        farm.clock.advance(1)
        var plan = try CollectionPlan(farm.store, CollectFarm.nothing, now: now)
        try plan.make()
        _ = try BuildRemoval(store: farm.store, now: now).remove(try planned("gone_builds"))
        try BuildRemoval(store: farm.store, now: now).finish()
        // The tree and its blobs are planned to go, and now another job makes them again.
        let build = try farm.build("again", "same")
        let removal = GarbageRemoval(
            store: farm.store, artifacts: try ArtifactsLock(farm.store.directory), trash: try Trash(farm.store.directory),
            conditions: GarbageConditions(isPlanned: false, keepsNewest: true, now: now))
        try removal.removeTrees()
        try removal.removeBlobs { _ in }
        #expect(try farm.store.jobs(of: build)[0].tree != nil)
        #expect(try farm.faults().isEmpty)
    }

    @Test func blobsAreNotRemovedWhileSomebodyAddsBlobs() throws {
        try farm.build("lib", "1")
        let session = try farm.store.blobs.beginSession()
        #expect(throws: SystemError.self) {
            try FileLock(path: farm.store.directory.artifactsLock).lock(.exclusive, timeout: .milliseconds(50))
        }
        withExtendedLifetime(session) {}
    }

    @Test func whatIsInTheStoreOnlyWithoutACommitIsNoOrphanYet() throws {
        let session = try farm.store.blobs.beginSession()
        let tree = try farm.tree(["file": "published"], session)
        let folder = "\(farm.store.directory.blobs)/\(tree.digest.hex.prefix(2))"
        let files = BlobFiles(store: farm.store, now: nil)
        let candidates = try files.strays(in: folder)
        #expect(candidates.count == 1)
        let claim = try { () throws in
            try farm.store.submitNew(.graph(["lib": []]))
            return try farm.runner.mustClaim()
        }()
        try farm.runner.finish(claim, .success(tree: tree, artifacts: []))
        #expect(try files.unknown(candidates).isEmpty)
        withExtendedLifetime(session) {}
    }

    @Test func whatAKillLeavesIsRemovedByTheNextRun() throws {
        let build = try farm.build("lib", "old")
        try farm.build("lib", "new")
        farm.clock.advance(1)
        var plan = try CollectionPlan(farm.store, CollectFarm.nothing, now: now)
        try plan.make()
        // Killed after the rows of builds, with everything else still there.
        _ = try BuildRemoval(store: farm.store, now: now).remove(try planned("gone_builds"))
        #expect(farm.hasLogs(build))
        try farm.folder.write("x", to: "state/trash/leftover/file")
        try farm.folder.write("x", to: "state/blobs/incoming-0123/1")
        try farm.folder.write("x", to: "state/blobs/sha256/ab/\(String(repeating: "c", count: 62))")
        try farm.folder.write("x", to: "state/blobs/sha256/ab/\(String(repeating: "d", count: 62)).damaged")
        try farm.folder.write("x", to: "state/logs/b-000000000000/j-000000000000/1.log")
        try farm.folder.write("x", to: "state/work/a-000000000000/build/file")
        try farm.folder.write("x", to: "state/cache/volumes/gone.new/file")
        try farm.folder.write("", to: "state/cache/volumes/alone.lock")
        let tree = "state/cache/trees/\(String(repeating: "e", count: 64))@1"
        try farm.folder.write("x", to: tree + "/file")
        try farm.folder.write("", to: tree + ".lock")
        let planned = try farm.collect(CollectFarm.nothing, isDryRun: true)
        let records = try farm.collect(CollectFarm.nothing)
        let expected: Set<DeletionRecord.Kind> = [.leftover, .blob, .session, .log, .work, .cache]
        #expect(Set(records.map(\.type)) == expected)
        #expect(Set(planned.map(\.id)) == Set(records.map(\.id)))
        #expect(records.filter { $0.type == .cache }.count == 3)
        #expect(try farm.faults().isEmpty)
        #expect(!farm.hasLogs(build))
        for folder in ["work", "cache/volumes", "cache/trees", "trash"] {
            #expect(try Files.entries(of: "\(farm.path)/\(folder)").isEmpty, "\(folder)")
        }
        #expect(try farm.collect(CollectFarm.nothing).isEmpty)
    }

    @Test func whatIsLockedIsInUse() throws {
        try farm.folder.write("x", to: "state/cache/volumes/used/file")
        try farm.folder.write("x", to: "state/work/a-000000000000/build/file")
        let volume = try FileLock(path: farm.path + "/cache/volumes/used.lock")
        try volume.lock(.shared, timeout: .seconds(1))
        let work = try FileLock(path: farm.path + "/work/a-000000000000/lock")
        try work.lock(.exclusive, timeout: .seconds(1))
        farm.clock.advance(400 * CollectFarm.day)
        var policy = CollectFarm.nothing
        (policy.cachesAge, policy.cachesSize) = (0, 0)
        for isDryRun in [true, false] { #expect(try farm.collect(policy, isDryRun: isDryRun).isEmpty) }
        try volume.unlock()
        try work.unlock()
        #expect(try farm.collect(policy).map(\.type) == [.work, .cache])
    }

    @Test func whoWaitsForTheLockOfARemovedCacheGetsANewOne() throws {
        try farm.folder.write("x", to: "state/cache/volumes/cache/file")
        let path = farm.path + "/cache/volumes/cache.lock"
        let waiting = try FileLock(path: path)
        var policy = CollectFarm.nothing
        policy.cachesAge = 0
        #expect(try farm.collect(policy).map(\.type) == [.cache])
        try waiting.lock(.exclusive, timeout: .seconds(1))
        #expect(!waiting.isCurrent)
        #expect(try FileLock(path: path).isCurrent)
    }

    /// What packages leave: an index is a folder, a key a file, both with locks; an answer has none, and its own time counts.
    @Test func cachesOfPackagesGoWhenNobodyUsedThemForLong() throws {
        let present = farm.clock.now.wallMilliseconds / 1_000
        let (day, name) = (CollectFarm.day / 1_000, String(repeating: "a", count: 64))
        func age(_ path: String, days: Int64) throws { try Files.setTimes("\(farm.path)/\(path)", seconds: present - days * day) }
        let caches: [(path: String, file: String, hasLock: Bool)] = [
            ("cache/indexes/\(name)", "/APKINDEX.tar.gz", true), ("cache/keys/\(name).pem", "", true),
            ("cache/packages/aa/\(name)", "/files/0", true), ("cache/resolutions/\(name).json", "", false),
        ]
        for (path, file, hasLock) in caches {
            try farm.folder.write("x", to: "state/\(path)\(file)")
            try age(path, days: hasLock ? 400 : 20)
            if hasLock { try farm.folder.write("", to: "state/\(path).lock") }
            if hasLock { try age(path + ".lock", days: 20) }
        }
        var policy = CollectFarm.nothing
        policy.cachesAge = 21 * CollectFarm.day
        #expect(try farm.collect(policy).isEmpty)
        policy.cachesAge = 19 * CollectFarm.day
        for isDryRun in [true, false] { #expect(try Set(farm.collect(policy, isDryRun: isDryRun).map(\.id)) == Set(caches.map(\.path))) }
        for folder in ["indexes", "keys", "packages/aa", "resolutions"] {
            #expect(try Files.entries(of: "\(farm.path)/cache/\(folder)").isEmpty, "\(folder)")
        }
    }

    @Test func cachesUsedLongestAgoGoFirst() throws {
        let present = Clock.wallMilliseconds / 1000
        for number in 1...4 {
            try farm.folder.write(String(repeating: "x", count: 1000), to: "state/cache/volumes/v\(number)/file")
            try farm.folder.write("", to: "state/cache/volumes/v\(number).lock")
            try Files.setTimes(farm.path + "/cache/volumes/v\(number).lock", seconds: present - Int64(number) * 100)
        }
        var policy = RetentionPolicy()
        (policy.cachesAge, policy.cachesSize) = (nil, 2500)
        #expect(try farm.collect(policy).map(\.id) == ["cache/volumes/v4", "cache/volumes/v3"])
        #expect(try farm.collect(policy).isEmpty)
    }
}

import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct CollectTests {
    private let farm: CollectFarm

    init() throws { farm = try CollectFarm() }

    private func kinds(_ records: [DeletionRecord]) -> [DeletionRecord.Kind] { records.map(\.type) }

    @Test func aFarmWithNothingToRemoveIsLeftAlone() throws {
        try farm.build("lib", "1")
        #expect(try farm.collect(RetentionPolicy()).isEmpty)
        #expect(try farm.faults().isEmpty)
    }

    @Test func aDryRunTellsWhatARunTells() throws {
        for number in 0..<30 { try farm.build(.graph(["a": [], "bad": [], "c": ["a"]]), files: ["n": "\(number)", "same": "x"]) }
        farm.clock.advance(1)
        let before = try farm.count("FROM events")
        let planned = try farm.collect(CollectFarm.nothing, isDryRun: true)
        #expect(try farm.count("FROM events") == before)
        #expect(try farm.count("FROM builds") == 30)
        let removed = try farm.collect(CollectFarm.nothing)
        #expect(
            planned.map { ($0.type, $0.id, $0.bytes, $0.reason) }.elementsEqual(
                removed.map { ($0.type, $0.id, $0.bytes, $0.reason) }, by: ==))
        #expect(kinds(removed).filter { $0 == .build }.count == 30)
        #expect(kinds(removed).contains(.blob))
        #expect(try farm.count("FROM jobs") == 0)
        #expect(try farm.faults().isEmpty)
        #expect(try farm.collect(CollectFarm.nothing).isEmpty)
    }

    @Test func theNewestGoodTreeOutlivesItsBuildUnlessTold() throws {
        try farm.build("lib", "old")
        try farm.build("lib", "new")
        farm.clock.advance(1)
        try farm.collect(CollectFarm.nothing)
        let latest = try #require(try farm.store.latestTree(name: "lib", architecture: .native))
        #expect(try farm.store.blobs.manifest(latest.tree).entries.count == 1)
        #expect(try farm.count("FROM trees") == 2)
        var policy = CollectFarm.nothing
        policy.artifactsKept = 0
        try farm.collect(policy)
        #expect(try farm.store.latestTree(name: "lib", architecture: .native) == nil)
        #expect(try farm.count("FROM trees") == 1)
        #expect(try farm.count("FROM packages") == 1, "its duration is still known")
        #expect(try farm.faults().isEmpty)
    }

    @Test func countsKeepTheNewestOfEachPackage() throws {
        let good = try (0..<4).map { try farm.build("lib", "\($0)") }
        let bad = try (0..<3).map { try farm.build("bad-lib", "\($0)") }
        farm.clock.advance(1)
        var policy = CollectFarm.nothing
        policy.buildsKept = 2
        try farm.collect(policy)
        #expect(try good.map { try farm.has($0) } == [false, false, true, true])
        #expect(try bad.map { try farm.has($0) } == [false, true, true])
        #expect(try farm.faults().isEmpty)
    }

    @Test func logsAndArtifactsGoBeforeTheirBuilds() throws {
        let old = try farm.build("lib", "old")
        let new = try farm.build("lib", "new")
        farm.clock.advance(2 * CollectFarm.day)
        var policy = RetentionPolicy()
        policy.logs = .init(all: CollectFarm.day)
        policy.artifacts = .init(all: CollectFarm.day)
        let records = try farm.collect(policy)
        #expect(kinds(records) == [.log, .log, .artifact, .blob, .blob])
        #expect(try farm.has(old) && farm.has(new))
        #expect(!farm.hasLogs(old) && !farm.hasLogs(new))
        #expect(try farm.store.jobs(of: old).map(\.tree) == [nil])
        #expect(try farm.store.jobs(of: new)[0].tree != nil, "the newest good tree stays")
        #expect(try farm.collect(policy).isEmpty)
        #expect(try farm.faults().isEmpty)
    }

    @Test func aJobWhoseNeedLostItsTreeIsNotTriedAgain() throws {
        let build = try farm.build(.graph(["lib": [], "bad": ["lib"]]), files: ["file": "1"])
        try farm.build("lib", "2")
        farm.clock.advance(1)
        var policy = RetentionPolicy()
        policy.artifacts = .init(all: 0)
        try farm.collect(policy)
        let error = failure { () throws(FarmError) in _ = try farm.store.retryFailed(of: build) }
        #expect(error?.status == .badInput)
        #expect(error?.message.contains("lib") == true)
    }

    @Test func aRetryBringsLogsBack() throws {
        let build = try farm.build("bad", "")
        farm.clock.advance(1)
        var policy = RetentionPolicy()
        policy.logs = .init(all: 0)
        try farm.collect(policy)
        #expect(!farm.hasLogs(build))
        _ = try farm.store.retryFailed(of: build)
        try farm.finish(try farm.runner.mustClaim(), files: [:])
        #expect(try farm.collect(RetentionPolicy()).isEmpty)
        #expect(farm.hasLogs(build))
    }

    @Test func aPinKeepsABuildUntilItEnds() throws {
        let build = try farm.build("lib", "old")
        try farm.build("lib", "new")
        _ = try farm.store.pin(.build(build), by: "ann", reason: "release", for: CollectFarm.day)
        farm.clock.advance(1)
        var policy = CollectFarm.nothing
        policy.logs = .init(all: 0)
        policy.artifacts = .init(all: 0)
        try farm.collect(policy)
        #expect(try farm.has(build) && farm.hasLogs(build))
        #expect(try farm.store.jobs(of: build)[0].tree != nil)
        farm.clock.advance(CollectFarm.day)
        try farm.collect(policy)
        #expect(try !farm.has(build))
        #expect(try farm.store.pins().isEmpty)
        #expect(try farm.faults().isEmpty)
    }

    @Test func aPinnedDigestOutlivesItsBuild() throws {
        let build = try farm.build("lib", "old")
        let tree = try #require(try farm.store.jobs(of: build)[0].tree)
        try farm.build("lib", "new")
        _ = try farm.store.pin(.digest(tree), by: "ann", reason: nil, for: nil)
        farm.clock.advance(1)
        try farm.collect(CollectFarm.nothing)
        #expect(try farm.store.blobs.manifest(tree).entries.count == 1)
        #expect(try farm.faults().isEmpty)
        #expect(try farm.store.unpin(.digest(tree)))
        #expect(try !farm.store.unpin(.digest(tree)))
        #expect(try kinds(farm.collect(CollectFarm.nothing)) == [.blob, .blob])
        #expect(
            failure { () throws(FarmError) in _ = try farm.store.pin(.digest(tree), by: "ann", reason: nil, for: nil) }?.status == .noInput)
    }

    @Test func theOldestGoWhenTheStoreIsTooLarge() throws {
        let content = String(repeating: "x", count: 100_000)
        let builds = try (0..<5).map { number in
            farm.clock.advance(1)
            return try farm.build("lib", "\(number)\(content)")
        }
        _ = try farm.store.pin(.build(builds[1]), by: "ann", reason: nil, for: nil)
        var policy = RetentionPolicy()
        policy.builds = .init()
        policy.size = 350_000
        let planned = try farm.collect(policy, isDryRun: true).map(\.id)
        #expect(try farm.collect(policy).map(\.id) == planned)
        #expect(try builds.map { try farm.has($0) } == [false, true, false, true, true])
        #expect(try farm.collect(policy).isEmpty)
        policy.size = 0
        var notices: [String] = []
        try Collector(store: farm.store, policy: policy, isDryRun: false, notice: { notices.append($0) }) { _ in }.collect()
        #expect(notices.count == 1)
        #expect(try builds.map { try farm.has($0) } == [false, true, false, false, true], "pinned, and the newest of its package")
        #expect(try farm.faults().isEmpty)
    }

    @Test func aClockThatDoesNotFitStopsAges() throws {
        let build = try farm.build("lib", "1")
        _ = try farm.store.pin(.build(build), by: "ann", reason: nil, for: 1)
        for step in [40 * CollectFarm.day, -80 * CollectFarm.day] {
            farm.clock.advance(step)
            var notices: [String] = []
            var records: [DeletionRecord] = []
            try Collector(store: farm.store, policy: CollectFarm.nothing, isDryRun: false, notice: { notices.append($0) }) {
                records.append($0)
            }
            .collect()
            #expect(notices.count == 1)
            #expect(records.isEmpty)
        }
        #expect(try farm.has(build))
        #expect(try farm.count("FROM pins") == 1)
    }

    @Test func onlyOneCollectsAtATime() throws {
        let first = try Collector(store: farm.store, policy: RetentionPolicy(), isDryRun: true, notice: { _ in }) { _ in }
        let error = failure { () throws(FarmError) in
            _ = try Collector(store: farm.store, policy: RetentionPolicy(), isDryRun: true, notice: { _ in }) { _ in }
        }
        #expect(error?.status == .temporary)
        withExtendedLifetime(first) {}
    }

    @Test func oldEventsAreForgotten() throws {
        try farm.build("lib", "1")
        let old = try farm.count("FROM events")
        farm.clock.advance(20 * CollectFarm.day)
        try farm.build("lib", "2")
        let all = try farm.count("FROM events")
        farm.clock.advance(15 * CollectFarm.day)
        var policy = RetentionPolicy()
        policy.builds = .init()
        #expect(try farm.collect(policy).isEmpty)
        #expect(try farm.count("FROM events") == all - old)
    }
}

import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct AliasTests {
    private let farm: TestFarm

    init() throws { farm = try TestFarm() }

    private func submission(_ build: String, jobs: [String], dialect: String = "melange") -> Submission {
        var submission = Submission(jobs: [.named("a"), .named("b")], dialect: dialect)
        submission.aliases = [build]
        for (position, alias) in jobs.enumerated() { submission.jobs[position].aliases = [alias] }
        submission.dialectData = ["mode": "dag"]
        return submission
    }

    @Test func namesLeadToBuildsAndJobsAndBack() throws {
        let build = try farm.submit(submission("bld-1", jobs: ["0a1b2c3d", "ffffffff"]))
        let jobs = try farm.store.jobs(of: build.id)
        #expect(try farm.store.alias("melange", "bld-1") == .build(build.id))
        #expect(try farm.store.alias("melange", "ffffffff") == .job(jobs[1].id))
        #expect(try farm.store.alias("dsynth", "bld-1") == nil)
        #expect(try farm.store.alias("melange", "bld-2") == nil)
        #expect(try farm.store.aliases(of: build.id) == [AliasRecord(dialect: "melange", text: "bld-1", target: build.id)])
        #expect(try farm.store.aliases(of: build.id, in: "dsynth").isEmpty)
        #expect(try farm.store.aliases(of: jobs.map(\.id), in: "melange") == [jobs[0].id: "0a1b2c3d", jobs[1].id: "ffffffff"])
        #expect(try farm.store.aliases(of: [build.id], in: "melange") == [build.id: "bld-1"])
        #expect(try farm.store.dialectData(of: build.id) == ["mode": "dag"])
        #expect(build.dialect == "melange")
        #expect(build.json["dialect"]?.string == "melange")
    }

    @Test func aNativeBuildHasNone() throws {
        let build = try farm.submit(.independent(1))
        #expect(build.json["dialect"] == nil)
        #expect(try farm.store.aliases(of: build.id).isEmpty)
        #expect(try farm.store.dialectData(of: build.id) == nil)
        #expect(failure { () throws(FarmError) in _ = try farm.store.dialectData(of: BuildID(7)) }?.status == .noInput)
    }

    @Test func aTakenNameIsRefusedAndNothingIsStored() throws {
        try farm.submit(submission("one", jobs: []))
        for clash in [submission("one", jobs: []), submission("two", jobs: ["three", "one"]), submission("two", jobs: ["two"])] {
            #expect(failure { () throws(FarmError) in _ = try farm.store.submit(clash) }?.status == .badInput)
        }
        #expect(try farm.store.recentBuilds(finished: 9).count == 1)
        try farm.submit(submission("one", jobs: [], dialect: "dsynth"))
        #expect(try farm.store.alias("melange", "two") == nil)
    }

    @Test func unusedNamesAreFound() throws {
        try farm.submit(submission("1", jobs: []))
        var number = 0
        let name = try farm.store.unusedAlias(of: "melange") {
            number += 1
            return String(number)
        }
        #expect(name == "2")
    }

    @Test func buildsAreFoundByDialect() throws {
        try farm.submit(.independent(1))
        let build = try farm.submit(submission("one", jobs: []))
        var filter = BuildFilter()
        filter.dialect = "melange"
        #expect(try farm.store.builds(filter, finished: nil).map(\.id) == [build.id])
    }

    @Test func namesGoWithTheirBuild() throws {
        let build = try farm.submit(submission("one", jobs: ["j1", "j2"]))
        try TestRunner(farm.store).drain()
        var policy = RetentionPolicy()
        policy.builds = RetentionPolicy.Ages(all: 0)
        policy.buildsKept = 0
        policy.artifactsKept = 0
        // What ended in this very millisecond is no older than that.
        let ended = Clock.wallMilliseconds
        while Clock.wallMilliseconds <= ended {}
        let collector = try Collector(store: farm.store, policy: policy, isDryRun: false, notice: { _ in }, report: { _ in })
        try collector.collect()
        #expect(failure { () throws(FarmError) in _ = try farm.store.build(build.id) }?.status == .noInput)
        for name in ["one", "j1", "j2"] { #expect(try farm.store.alias("melange", name) == nil) }
        #expect(
            try farm.store.read { database throws(FarmError) in try database.first("SELECT count(*) FROM aliases") { $0.integer(0) } } == 0)
    }
}

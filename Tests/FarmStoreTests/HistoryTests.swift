import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct HistoryTests {
    private let farm: CollectFarm

    init() throws { farm = try CollectFarm() }

    /// Runs the only ready job for some time.
    private func run(_ name: String, for milliseconds: Int64, isolation: String = "sandbox", _ result: AttemptReport.Result = .good) throws
    {
        try farm.store.submitNew(.graph([name: []]))
        let claim = try #require(try farm.runner.claim(isolation: isolation))
        farm.clock.advance(milliseconds)
        try farm.runner.finish(claim, result)
    }

    @Test func anAttemptIsRememberedBeyondItsBuild() throws {
        try farm.build("lib", "1")
        try farm.build("bad", "")
        let before = try farm.store.history(of: "lib", newest: nil)
        farm.clock.advance(CollectFarm.day)
        _ = try farm.collect(CollectFarm.nothing)
        #expect(try farm.count("FROM attempts") == 0)
        let record = try #require(try farm.store.history(of: "lib", newest: nil).first)
        #expect(record.isCollected)
        #expect(record.output == before.first?.output)
        #expect(record.output != nil)
        #expect(try farm.store.history(of: "bad", newest: 5).map(\.failure) == [.build])
        #expect(try farm.store.builtNames() == ["bad", "lib"])
        #expect(failure { () throws(FarmError) in _ = try farm.store.completeAttempt(record.id) }?.status == .noInput)
    }

    @Test func theNewestComeFirst() throws {
        for duration in 1...5 { try run("lib", for: Int64(duration)) }
        #expect(try farm.store.history(of: "lib", newest: 3).map(\.durationMilliseconds) == [5, 4, 3])
        #expect(try farm.store.history(of: "lib@armv7", newest: nil).isEmpty)
        #expect(try farm.store.history(of: "other", newest: nil).isEmpty)
    }

    @Test func samplesComeInPagesInTheOrderOfTheirStarts() throws {
        for name in ["a", "b", "a", "c"] { try run(name, for: 1000) }
        let first = try farm.store.historySamples(after: nil, atMost: 3)
        #expect(first.map(\.name) == ["a", "b", "a"])
        #expect(try farm.store.historySamples(after: first.last?.id, atMost: 3).map(\.name) == ["c"])
        #expect(try farm.store.historySamples(after: nil, name: "[ab]", atMost: 9).map(\.name) == ["a", "b", "a"])
        let since = farm.clock.now.wallMilliseconds - 1500
        #expect(try farm.store.historySamples(after: nil, since: since, atMost: 9).map(\.name) == ["a", "c"])
    }

    @Test func collectingKeepsTheNewestRows() throws {
        for duration in 1...10 { try run("lib", for: Int64(duration)) }
        try OldHistory(store: farm.store, rows: 4).remove()
        #expect(try farm.store.history(of: "lib", newest: nil).map(\.durationMilliseconds) == [10, 9, 8, 7])
        try OldHistory(store: farm.store, rows: 4).remove()
        #expect(try farm.count("FROM history") == 4)
    }

    @Test func usualDurationsAreMediansOfSuccesses() throws {
        for seconds in [1, 9, 2, 3, 100] { try run("lib", for: Int64(seconds) * 1000) }
        try run("lib", for: 50_000, .bad)
        let lib = JobIdentity(name: "lib", architecture: .native)
        let other = JobIdentity(name: "other", architecture: .native)
        #expect(try farm.store.usualDurations(of: [lib, other]) == [lib: 3])
    }

    @Test func durationsAreThoseOfTheSameIsolation() throws {
        let lib = JobIdentity(name: "lib", architecture: .native)
        try run("lib", for: 10, isolation: "none")
        let estimate = { (isolation: String) in
            try farm.store.read { database throws(FarmError) in
                try DurationReader(database, isolation: isolation).estimate(lib)?.median
            }
        }
        // Better than nothing.
        #expect(try estimate("sandbox") == 10)
        try run("lib", for: 30)
        #expect(try estimate("sandbox") == 30)
        #expect(try estimate("none") == 10)
    }

    @Test func aBuildSaysWhenItWillBeDone() throws {
        let graph: Submission = .graph(["lib": [], "app": ["lib"], "doc": ["lib"], "new": ["app"]])
        let build = try farm.store.submitNew(graph)
        var forecaster = Forecaster(store: farm.store, build: build.id)
        #expect(try forecaster.forecast(farm.store.build(build.id)) == nil)
        let lib = try farm.runner.mustClaim()
        farm.clock.advance(1000)
        try farm.runner.finish(lib, .good)
        while let claim = try farm.runner.claim() {
            farm.clock.advance(claim.identity.name == "app" ? 5000 : 2000)
            try farm.runner.finish(claim, .good)
        }
        // All but the new one are known now; the second time round everything is.
        let second = try farm.store.submitNew(.graph(["lib": [], "app": ["lib"], "doc": ["lib"], "never": ["app"]]))
        forecaster = Forecaster(store: farm.store, build: second.id)
        let start = farm.clock.now.wallMilliseconds
        let first = try #require(try forecaster.forecast(farm.store.build(second.id)))
        // One slot: lib, app, doc, and the middle of the three for what was never built.
        #expect(first.endMilliseconds == start + 1000 + 5000 + 2000 + 2000)
        #expect(first.unknown == 1)
        #expect(first.criticalPath == ["lib", "app", "never"])
        let claim = try farm.runner.mustClaim()
        farm.clock.advance(400)
        #expect(try forecaster.forecast(farm.store.build(second.id))?.endMilliseconds == first.endMilliseconds)
        farm.clock.advance(600)
        try farm.runner.finish(claim, .good)
        #expect(try forecaster.forecast(farm.store.build(second.id))?.criticalPath == ["app", "never"])
        try farm.store.unregister(farm.runner.id)
        #expect(try forecaster.forecast(farm.store.build(second.id)) == nil)
    }

    @Test func theMakerOfATreeAndOfAFileIsFound() throws {
        try farm.build("lib", "one")
        let good = try #require(try farm.store.history(of: "lib", newest: 1).first)
        let tree = try #require(good.output)
        let origin = try farm.store.origin(of: String(tree.description.prefix(20)))
        #expect(origin == ArtifactOrigin(attempt: good.id, digest: tree, path: nil))
        let file = Digest.of(Array("one".utf8))
        #expect(try farm.store.origin(of: file.description) == ArtifactOrigin(attempt: good.id, digest: file, path: "file"))
        #expect(failure { () throws(FarmError) in _ = try farm.store.origin(of: Digest.of([9]).description) }?.status == .noInput)
        #expect(failure { () throws(FarmError) in _ = try farm.store.origin(of: "sha256:xyz") }?.status == .usage)
        #expect(try farm.store.logDigest(farm.store.attempt(good.id)) == Digest.of(Array("built lib\n".utf8)))
    }

    @Test func aGoodAttemptBeforeAFailureIsFound() throws {
        try run("lib", for: 1)
        try run("lib", for: 2)
        try run("lib", for: 3, .bad)
        let attempts = try farm.store.history(of: "lib", newest: nil)
        let lib = JobIdentity(name: "lib", architecture: .native)
        #expect(try farm.store.lastGood(before: attempts[0].id, of: lib)?.id == attempts[1].id)
        #expect(try farm.store.lastGood(before: attempts[1].id, of: lib)?.id == attempts[2].id)
        #expect(try farm.store.lastGood(before: attempts[2].id, of: lib) == nil)
    }

    @Test func aCompleteAttemptHasItsCircumstances() throws {
        var submission: Submission = .graph(["lib": []])
        submission.requester = Requester(user: "ann", userID: 7, host: "farm1", tool: "bf-submit")
        try farm.store.submitNew(submission)
        let claim = try farm.runner.mustClaim()
        try farm.finish(claim, files: ["file": "x"])
        let complete = try farm.store.completeAttempt(claim.attempt)
        #expect(complete.requester == submission.requester)
        #expect(complete.host == "test")
        #expect(complete.output?.files == 1)
        #expect(complete.artifacts.count == 1)
        #expect(complete.document["name"] == "lib")
    }
}

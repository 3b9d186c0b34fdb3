import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

/// Backends are chosen and taken in the claim's own transaction, and what happens there decides what they are given next.
@Suite struct PoolTests {
    private let clock = TestClock()
    private let folder: TemporaryFolder
    private let store: Store
    private let runner: TestRunner
    private let requester = Requester(user: "tester")

    init() throws {
        folder = try TemporaryFolder()
        let (clock, directory) = (clock, StateDirectory(path: folder("state")))
        store = try StoreOpening(directory: directory, command: "test", notice: { _ in }, readClock: { clock.now }).open()
        runner = try TestRunner(store)
    }

    private func add(_ names: String..., maxJobs: Int = 1) throws {
        for name in names {
            let backend = BackendRecord(address: name, architecture: Architecture.native.name, maxJobs: maxJobs)
            #expect(try store.add(backend, by: requester))
        }
    }

    private func submit(_ count: Int, environment: JSONObject = ["image": "base:1"]) throws {
        let jobs = (0..<count).map { number in
            let identity = JobIdentity(name: "job-\(number)", architecture: .native)
            let document: JSONObject = ["kind": "spec", "name": .string(identity.name), "environment": .object(environment)]
            let spec = JobSpec(identity: identity, recipe: "script", document: document)
            return Submission.Job(spec: spec, planDigest: Digest.of(Array(identity.name.utf8)), needs: [], rank: 1)
        }
        try store.submitNew(Submission(jobs: jobs))
    }

    private func claim(ownSlots: Int = 0, count: Int = 1) throws -> [Claim] {
        var request = ClaimRequest(runner: runner.id, abilities: RunnerAbilities(), isolation: "sandbox", token: [1])
        request.share = PoolShare(ownSlots: ownSlots, host: "here")
        request.count = count
        return try store.claim(request).claims
    }

    @Test func jobsAreSpreadAndNoBackendGetsMoreThanItMay() throws {
        try add("tcp://a:1", "tcp://b:1", maxJobs: 2)
        try submit(9)
        let claims = try claim(count: 9)
        #expect(claims.map(\.backend) == ["tcp://a:1", "tcp://b:1", "tcp://a:1", "tcp://b:1"])
        #expect(claims.allSatisfy { $0.isolation == "buildkit" })
        #expect(try claim().isEmpty)
        try runner.finish(claims[1], .good)
        #expect(try claim().map(\.backend) == ["tcp://b:1"])
        let record = try store.attempt(claims[1].attempt)
        #expect(record.json["backend"]?.string == "tcp://b:1")
        #expect(try AttemptRecord(json: record.json) == record)
    }

    @Test func sixteenRunnersNeverTakeMoreThanThereIs() throws {
        try add("tcp://a:1", "tcp://b:1", maxJobs: 5)
        try submit(60)
        let (store, clock) = (store, clock)
        let directory = store.directory
        let claims = try concurrently(16) { _ in
            let own = try StoreOpening(directory: directory, command: "test", notice: { _ in }, readClock: { clock.now }).open()
            let runner = try TestRunner(own)
            var found: [String?] = []
            for _ in 0..<4 {
                var request = ClaimRequest(runner: runner.id, abilities: RunnerAbilities(), isolation: "sandbox", token: [1])
                request.share = PoolShare(ownSlots: 0, host: "here")
                found += try own.claim(request).claims.map(\.backend)
            }
            return found
        }.flatMap { $0 }
        #expect(claims.count == 10)
        #expect(try store.backendStatuses().map(\.attempts.count) == [5, 5])
    }

    @Test func theOwnMachineTakesWhatOnlyItCan() throws {
        try add("tcp://a:1")
        try submit(2, environment: ["root": "host"])
        #expect(try claim().isEmpty)
        let claims = try claim(ownSlots: 1, count: 2)
        #expect(claims.count == 1 && claims[0].backend == nil && claims[0].isolation == "sandbox")
    }

    @Test func withoutBackendsAnImageWaits() throws {
        try submit(1)
        #expect(try runner.claim() == nil)
        #expect(try claim(ownSlots: 4).isEmpty)
        try add("tcp://a:1")
        #expect(try claim().count == 1)
    }

    @Test func drainAndResume() throws {
        try add("tcp://a:1", "tcp://b:1", maxJobs: 3)
        try submit(4)
        #expect(try store.drainBackend("tcp://a:1", by: requester, reason: "disk"))
        #expect(try !store.drainBackend("tcp://x:1", by: requester, reason: nil))
        #expect(try claim(count: 4).map(\.backend) == ["tcp://b:1", "tcp://b:1", "tcp://b:1"])
        #expect(try store.backendReports().map(\.state) == ["drained", "unknown"])
        #expect(try store.resumeBackend("tcp://a:1", by: requester))
        #expect(try claim().map(\.backend) == ["tcp://a:1"])
    }

    @Test func threeFailuresOfTheMachineOpenTheBreakerAndOneProbeCloses() throws {
        try add("tcp://a:1", maxJobs: 4)
        try submit(6)
        for attempt in try claim(count: 3) { try runner.finish(attempt, .unlucky) }
        #expect(try claim().isEmpty)
        #expect(try store.backendReports().map(\.state) == ["resting"])
        clock.advance(29_000)
        #expect(try claim(count: 4).isEmpty)
        clock.advance(1_000)
        let probe = try claim(count: 4)
        #expect(probe.count == 1)
        #expect(try claim(count: 4).isEmpty && store.backendReports().map(\.state) == ["probing"])
        try runner.finish(probe[0], .good)
        #expect(try claim(count: 4).count == 4)
    }

    @Test func buildFailuresNeverCount() throws {
        try add("tcp://a:1", maxJobs: 9)
        try submit(9)
        for attempt in try claim(count: 8) { try runner.finish(attempt, .bad) }
        #expect(try claim().count == 1)
    }

    @Test func aFailureOfTheMachineIsTriedElsewhere() throws {
        try add("tcp://a:1", "tcp://b:1", maxJobs: 2)
        try submit(1)
        let first = try #require(try claim().first)
        #expect(first.backend == "tcp://a:1")
        try runner.finish(first, .unlucky)
        clock.advance(600_000)
        #expect(try claim().map(\.backend) == ["tcp://b:1"])
    }

    @Test func whatIsOfflineGetsNothing() throws {
        try add("tcp://a:1", "tcp://b:1")
        try submit(2)
        var health = BackendHealth()
        health.checkedMilliseconds = clock.now.wallMilliseconds
        health.offlineSinceMilliseconds = clock.now.wallMilliseconds
        health.error = "no route to host"
        try store.note(health, of: "tcp://a:1")
        #expect(try claim(count: 2).map(\.backend) == ["tcp://b:1"])
        #expect(try store.backendReports().first?.offlineError == "no route to host")
    }

    @Test func theFarmsOwnSandboxCanBeDrainedToo() throws {
        #expect(try store.add(BackendRecord(address: "sandbox://here", architecture: Architecture.native.name, maxJobs: 1), by: requester))
        try submit(3, environment: ["root": "host"])
        #expect(try claim(ownSlots: 3, count: 3).count == 1)
        #expect(try store.drainBackend("sandbox://here", by: requester, reason: nil))
        #expect(try claim(ownSlots: 3, count: 3).isEmpty)
    }

    @Test func aRunnerWithoutAccessToBackendsTakesNoneOfTheirJobs() throws {
        try add("tcp://a:1")
        try submit(1)
        #expect(try runner.claim() == nil)
    }

    @Test func whatWaitsForTheTrialIsWorthWaitingFor() throws {
        try add("tcp://a:1", maxJobs: 4)
        try submit(4)
        for attempt in try claim(count: 3) { try runner.finish(attempt, .unlucky) }
        let share = PoolShare(ownSlots: 0, host: "here")
        let outlook = try store.outlook(RunnerAbilities(), runner: runner.id, share: share)
        #expect(!outlook.hasReadyJob && outlook.poolMilliseconds == 30_000 && outlook.isWorthWaiting)
    }
}

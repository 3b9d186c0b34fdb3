import FarmModel
import FarmStore
import HostSystem
import TestSupport
import Testing

/// Which jobs are run, and which take the result of another.
@Suite struct DecideTests {
    private let farm: TestFarm
    private let runner: TestRunner

    init() throws {
        farm = try TestFarm()
        runner = try TestRunner(farm.store)
    }

    private func submission(_ names: [String] = ["a"], change: (inout Submission.Job) -> Void = { _ in }) -> Submission {
        Submission(
            jobs: names.map { name in
                var job = Submission.Job.named(name)
                job.sources = []
                change(&job)
                return job
            })
    }

    private func claim(isolation: String = "sandbox", environment: String = "host:1") throws(FarmError) -> ClaimResult {
        try farm.store.claim(
            ClaimRequest(
                runner: runner.id, abilities: RunnerAbilities(), isolation: isolation, token: RandomBytes.make(16),
                inputs: RunnerInputs(environment: environment, revisions: ["script": 1])))
    }

    @discardableResult
    private func run(_ result: AttemptReport.Result = .good, isolation: String = "sandbox") throws -> Claim {
        let claim = try #require(try claim(isolation: isolation).claim)
        try runner.finish(claim, result)
        return claim
    }

    /// As a runner reports, with the inputs of the claim.
    private func finish(_ claim: Claim, _ result: AttemptReport.Result) throws(FarmError) {
        var report = AttemptReport(attempt: claim.attempt, token: claim.token, result: result)
        report.inputDigest = claim.inputs?.digest
        _ = try farm.store.finish(report)
    }

    private func runWhole(isolation: String = "sandbox") throws -> Claim {
        let claim = try #require(try claim(isolation: isolation).claim)
        try finish(claim, .good)
        return claim
    }

    @Test func theSameInputsAreNotRunAgain() throws {
        try farm.submit(submission())
        let first = try runWhole()
        let again = try farm.submit(submission()).id
        let result = try claim()
        #expect(result.claim == nil)
        let job = try #require(try farm.jobs(of: again)["a"])
        #expect(result.settled.map(\.id) == [job.id])
        #expect(job.state == .success && job.isUnchanged && job.sameAs == first.job && job.attempts == 0)
        #expect(job.tree == StoredTree.empty.digest)
        let build = try farm.store.build(again)
        #expect(build.state == .success && build.tally.unchanged == 1)
    }

    @Test func otherInputsAre() throws {
        try farm.submit(submission())
        _ = try runWhole()
        try farm.submit(submission { $0.planDigest = Digest.of([1]) })
        #expect(try claim().claim != nil)
        try farm.submit(submission())
        #expect(try claim(environment: "host:2").claim != nil)
        try farm.submit(submission { $0.sources = ["sha256:other"] })
        #expect(try claim().claim != nil)
    }

    @Test func aFailureIsNoResult() throws {
        try farm.submit(submission())
        let failed = try #require(try claim().claim)
        try finish(failed, .bad)
        try farm.submit(submission())
        #expect(try claim().claim != nil)
    }

    @Test func forcedAndVolatileJobsAreRun() throws {
        try farm.submit(submission())
        _ = try runWhole()
        var forced = submission()
        forced.isForced = true
        try farm.submit(forced)
        _ = try runWhole()
        try farm.submit(submission { $0.isVolatile = true })
        #expect(try claim().claim != nil)
    }

    @Test func whatWasMadeWithoutIsolationCountsOnlyWithoutIt() throws {
        try farm.submit(submission())
        _ = try runWhole(isolation: "none")
        try farm.submit(submission())
        #expect(try claim(isolation: "none").settled.count == 1)
        try farm.submit(submission())
        _ = try runWhole(isolation: "sandbox")
        try farm.submit(submission())
        #expect(try claim(isolation: "none").settled.count == 1)
    }

    @Test func aJobWithSecretsIsItsOwners() throws {
        func secret(_ owner: String) -> Submission {
            var submission = submission { $0.isPrivate = true }
            submission.owner = owner
            return submission
        }
        try farm.submit(secret("alice"))
        _ = try runWhole()
        try farm.submit(secret("bob"))
        _ = try runWhole()
        try farm.submit(secret("alice"))
        #expect(try claim().settled.count == 1)
    }

    @Test func identicalJobsInFlightRunOnce() throws {
        let (first, second) = (try farm.submit(submission()).id, try farm.submit(submission()).id)
        let claim = try #require(try claim().claim)
        #expect(try self.claim().claim == nil)
        let (running, waiting) = (claim.build, claim.build == first ? second : first)
        let twin = try #require(try farm.jobs(of: waiting)["a"])
        #expect(twin.state == .pending && twin.sameAs == claim.job)
        #expect(try farm.store.why(twin.id).codes.first == .shared)
        try finish(claim, .good)
        #expect(try self.claim().settled.map(\.id) == [twin.id])
        #expect(try farm.store.build(waiting).state == .success)
        #expect(try farm.store.build(running).state == .success)
        #expect(try farm.store.attempts(of: twin.id).isEmpty)
    }

    @Test func aFailureOfTheBuildIsSharedToo() throws {
        try farm.submit(submission())
        try farm.submit(submission())
        let claim = try #require(try claim().claim)
        #expect(try self.claim().claim == nil)
        try finish(claim, .bad)
        #expect(try self.claim().claim == nil)
        let states = try farm.store.recentBuilds(finished: 5).map(\.state)
        #expect(states == [.failed, .failed])
    }

    @Test(arguments: [true, false]) func whenTheFirstIsCancelledOrLostTheSecondTakesItsTurn(_ isCancelled: Bool) throws {
        try farm.submit(submission())
        try farm.submit(submission())
        let first = try #require(try claim().claim)
        #expect(try claim().claim == nil)
        if isCancelled {
            _ = try farm.store.cancel(.job(first.job), by: "test")
            try finish(first, .cancelled)
        } else {
            try finish(first, .failed(.lost, message: "the runner died", retry: RetryPolicy(), jitter: 0))
        }
        let second = try #require(try claim().claim)
        #expect(second.job != first.job)
        try finish(second, .good)
        #expect(try farm.store.job(second.job).state == .success)
    }

    @Test func aWaitingTwinCanBeCancelledAndPaused() throws {
        let builds = [try farm.submit(submission()).id, try farm.submit(submission()).id]
        let first = try #require(try claim().claim)
        #expect(try claim().claim == nil)
        let other = try #require(builds.first { $0 != first.build })
        try farm.store.pause(.build(other), by: "test", reason: nil)
        try finish(first, .good)
        #expect(try claim().settled.isEmpty)
        let twin = try #require(try farm.jobs(of: other)["a"])
        #expect(try farm.store.why(twin.id).codes.first == .paused)
        _ = try farm.store.cancel(.build(other), by: "test")
        #expect(try farm.store.build(other).state == .cancelled)
    }

    @Test func failuresAreRememberedOnRequest() throws {
        var remembering = submission()
        remembering.rememberMilliseconds = 3_600_000
        try farm.submit(remembering)
        let first = try #require(try claim().claim)
        try finish(first, .bad)
        let again = try farm.submit(remembering).id
        #expect(try claim().claim == nil)
        let job = try #require(try farm.jobs(of: again)["a"])
        #expect(job.state == .failed && job.failure == .build && job.sameAs == first.job && job.attempts == 0)
        #expect(job.rememberedUntilMilliseconds != nil)
        #expect(job.message?.contains("remembered until") == true)
        // Who does not ask is not told.
        try farm.submit(submission())
        let third = try #require(try claim().claim)
        try finish(third, .bad)
        // A retry ignores it.
        _ = try farm.store.retry(job.id)
        let retried = try #require(try claim().claim)
        #expect(retried.job == job.id)
    }

    @Test func onlyFailuresOfTheBuildAreRemembered() throws {
        var remembering = submission()
        remembering.rememberMilliseconds = 3_600_000
        try farm.submit(remembering)
        let first = try #require(try claim().claim)
        try finish(first, .failed(.timeout, message: "too slow", retry: RetryPolicy(), jitter: 0))
        try farm.submit(remembering)
        #expect(try claim().claim != nil)
    }

    @Test func aDependencyRebuiltToTheSameDoesNotRebuildItsDependents() throws {
        func chain(_ plan: UInt8) -> Submission {
            var jobs = submission(["lib", "app"]).jobs
            jobs[0].planDigest = Digest.of([plan])
            jobs[1].needs = [(0, false)]
            return Submission(jobs: jobs)
        }
        try farm.submit(chain(1))
        _ = try runWhole()
        _ = try runWhole()
        try farm.submit(chain(2))
        #expect(try runWhole().identity.name == "lib")
        let result = try claim()
        #expect(result.claim == nil && result.settled.count == 1)
    }

    @Test func anInterfaceCountsInsteadOfTheWhole() throws {
        func chain(_ plan: UInt8) -> Submission {
            var jobs = submission(["lib", "app"]).jobs
            jobs[0].planDigest = Digest.of([plan])
            jobs[1].needs = [(0, false)]
            return Submission(jobs: jobs)
        }
        func tree(_ name: String) -> StoredTree {
            StoredTree(TreeManifest(entries: [TreeEntry(path: name, mode: 0o755, content: .folder)]))
        }
        let interface = Digest.of([42])
        for (plan, name, interface, isRun) in [
            (1, "one", interface, true), (2, "two", interface, false), (3, "three", Digest.of([43]), true),
        ] {
            try farm.submit(chain(UInt8(plan)))
            let lib = try #require(try claim().claim)
            try finish(lib, .success(tree: tree(name), artifacts: [], interface: interface))
            let result = try claim()
            #expect((result.claim != nil) == isRun, "\(name)")
            if let app = result.claim { try finish(app, .good) }
        }
    }

    @Test func inputsFoundOutLaterDecideToo() throws {
        for round in 1...2 {
            try farm.submit(submission { $0.sources = nil })
            let claim = try #require(try claim().claim)
            #expect(claim.inputs == nil)
            let inputs = InputParts(
                identity: claim.identity, plan: claim.planDigest, recipe: "script", revision: 1, environment: "host:1", closures: [],
                sources: ["commit"])
            let mustRun = try farm.store.mustRun(claim, inputs: inputs, isolation: "sandbox")
            #expect(mustRun == (round == 1))
            var report = AttemptReport(attempt: claim.attempt, token: claim.token, result: mustRun ? .good : .repeated)
            report.inputDigest = inputs.digest
            #expect(try farm.store.finish(report) == .ended(.success))
            #expect(try farm.store.job(claim.job).isUnchanged == (round == 2))
        }
    }

    @Test func aPoisonousJobStops() throws {
        try farm.submit(submission())
        let policy = RetryPolicy(attempts: 20, classes: [.lost])
        for round in 1...3 {
            let claim = try #require(try self.claimWhenDue())
            let outcome = try runner.finish(claim, .failed(.lost, message: "the runner died", retry: policy, jitter: 0))
            if round < 3 { if case .delayed = outcome {} else { Issue.record("round \(round): \(outcome)") } }
            if round == 3 { #expect(outcome == .ended(.failed)) }
        }
        let job = try #require(try farm.store.jobs(of: farm.store.recentBuilds(finished: 1)[0].id).first)
        #expect(job.failure == .lost && job.message == RetryPolicy.poisonMessage)
    }

    private func claimWhenDue() throws -> Claim? {
        for _ in 0..<400 {
            if let claim = try claim().claim { return claim }
            _ = try? Poller.wait([], timeoutMilliseconds: 20)
        }
        return nil
    }
}

import FarmModel
import FarmStore
import TestSupport
import Testing

/// Retry brings back what was skipped; each test stands for a way in which build farms have got this wrong.
@Suite struct RetryTests {
    private let farm: TestFarm
    private let runner: TestRunner

    init() throws {
        farm = try TestFarm()
        runner = try TestRunner(farm.store)
    }

    private func id(_ name: String, _ build: BuildID) throws -> JobID { try #require(try farm.jobs(of: build)[name]).id }

    /// hydra#169: restarting a job must also restart everything that was given up because of it.
    @Test func retryRevivesTheWholeConeOfSkippedJobs() throws {
        let build = try farm.submit(.graph(["a": [], "b": ["a"], "c": ["b"], "d": ["b", "other"], "other": []])).id
        try runner.drain { $0 == "a" ? .bad : .good }
        #expect(try farm.states(of: build) == ["a": .failed, "b": .skipped, "c": .skipped, "d": .skipped, "other": .success])
        #expect(try farm.store.build(build).state == .partial)
        let a = try id("a", build)
        for (name, via) in [("b", "a"), ("c", "b"), ("d", "b")] {
            let job = try #require(try farm.jobs(of: build)[name])
            #expect(job.root == a)
            #expect(job.via == (try id(via, build)))
        }
        let revived = try farm.store.retry(a)
        #expect(revived.count == 4)
        #expect(try farm.store.build(build).state == .running)
        #expect(try farm.store.build(build).endedMilliseconds == nil)
        #expect(try runner.drain().first == "a")
        #expect(try farm.store.build(build).state == .success)
    }

    @Test func aJobWithTwoCulpritsReturnsWhenBothAreBack() throws {
        let build = try farm.submit(.graph(["a": [], "b": [], "c": ["a", "b"], "d": ["c"]])).id
        try runner.drain { ["a", "b"].contains($0) ? .bad : .good }
        _ = try farm.store.retry(try id("a", build))
        let jobs = try farm.jobs(of: build)
        #expect(jobs.mapValues(\.state) == ["a": .pending, "b": .failed, "c": .skipped, "d": .skipped])
        #expect(jobs["c"]?.root == jobs["b"]?.id)
        #expect(jobs["c"]?.via == jobs["b"]?.id)
        #expect(jobs["d"]?.root == jobs["b"]?.id, "the blame moves on to those behind")
        #expect(try runner.drain() == ["a"])
        _ = try farm.store.retry(try id("b", build))
        #expect(try runner.drain() == ["b", "c", "d"])
        #expect(try farm.store.build(build).state == .success)
    }

    @Test func retryOfAllBringsEverythingBack() throws {
        let build = try farm.submit(.graph(["a": [], "b": [], "c": ["a", "b"], "d": ["c"], "e": []])).id
        try runner.drain { $0 == "e" ? .good : .bad }
        #expect(try farm.store.retryFailed(of: build).count == 4)
        #expect(try farm.store.retryFailed(of: build).isEmpty)
        try runner.drain()
        #expect(try farm.store.build(build).state == .success)
    }

    @Test func aCancelledBuildCanBeRetriedWhole() throws {
        let build = try farm.submit(.graph(["a": [], "b": ["a"], "c": ["b"]])).id
        #expect(try farm.store.cancel(.build(build), by: "test").ended == 3)
        #expect(try farm.store.retryFailed(of: build).count == 3)
        #expect(try runner.drain() == ["a", "b", "c"])
        #expect(try farm.store.build(build).state == .success)
    }

    @Test func aJobIsNotRetriedWhileANeedOfItIsLost() throws {
        let build = try farm.submit(.graph(["a": [], "b": ["a"]])).id
        _ = try farm.store.cancel(.build(build), by: "test")
        let error = failure { () throws(FarmError) in _ = try farm.store.retry(try farm.jobs(of: build)["b"]?.id ?? JobID(0)) }
        #expect(error?.status == .badInput)
        #expect(try runner.claim() == nil)
    }

    @Test func aSkippedJobNamesTheOneToRetry() throws {
        let build = try farm.submit(.graph(["a": [], "b": ["a"]])).id
        try runner.drain { _ in .bad }
        let jobs = try farm.jobs(of: build)
        let error = failure { () throws(FarmError) in _ = try farm.store.retry(jobs["b"]?.id ?? JobID(0)) }
        #expect(error?.status == .badInput)
        #expect(error?.message.contains(jobs["a"]?.id.description ?? "?") == true)
    }

    @Test func aRevivedOptionalNeedIsWaitedForAgain() throws {
        let build = try farm.submit(.graph(["docs": [], "lib": [], "app": ["docs?", "lib"]])).id
        let first = try runner.mustClaim()
        #expect(first.identity.name == "docs")
        try runner.finish(first, .bad)
        _ = try farm.store.retry(first.job)
        let again = try runner.mustClaim(Selection(jobs: [first.job]))
        try runner.finish(again, .good)
        #expect(try runner.drain() == ["lib", "app"], "app waits for lib although docs has ended twice")
        #expect(try farm.store.build(build).state == .success)
    }

    @Test func aRequeuedJobWaitsForAnOptionalNeedThatIsBack() throws {
        let build = try farm.submit(.graph(["docs": [], "app": ["docs?"]])).id
        let docs = try runner.mustClaim()
        try runner.finish(docs, .bad)
        let app = try runner.mustClaim()
        _ = try farm.store.retry(docs.job)
        try runner.finish(app, .abandoned)
        #expect(try runner.drain() == ["docs", "app"])
        #expect(try farm.store.build(build).state == .success)
    }

    @Test func afterARetryTheTriesAreCountedAnew() throws {
        try farm.submit(.graph(["a": []]))
        let policy = RetryPolicy(attempts: 1, classes: [.infrastructure])
        let last = AttemptReport.Result.failed(.infrastructure, message: "no disk", retry: policy, jitter: 0)
        let first = try runner.mustClaim()
        #expect(try runner.finish(first, last) == .ended(.failed))
        _ = try farm.store.retry(first.job)
        let second = try runner.mustClaim()
        #expect(second.number == 2)
        #expect(try runner.finish(second, .unlucky) == .delayed(milliseconds: 500))
    }

    /// Nix and others have lost wake-ups when a need ended while its dependent was inserted. Here a submission is one transaction, and what it
    /// takes from earlier builds it does not wait for.
    @Test func jobsThatNeedOnlyEarlierArtifactsAreReadyAtOnce() throws {
        try farm.submit(.graph(["lib": []]))
        try runner.drain()
        let lib = try #require(try farm.store.latestTree(name: "lib", architecture: .native))
        var job = Submission.Job.named("app")
        job.trees = [(role: .need, name: "lib", digest: lib.tree)]
        try farm.submit(Submission(jobs: [job]))
        let claim = try runner.mustClaim()
        #expect(claim.identity.name == "app")
        #expect(try farm.store.neededTrees(of: claim.job).map(\.name) == ["lib"])
    }

    @Test func aSubmissionThatNamesAMissingTreeLeavesNothing() throws {
        var job = Submission.Job.named("app")
        job.trees = [(role: .need, name: "lib", digest: Digest.of([1]))]
        let submission = Submission(jobs: [.named("first"), job])
        #expect(failure { () throws(FarmError) in _ = try farm.store.submit(submission) }?.status == .noInput)
        #expect(try farm.store.recentBuilds(finished: 10).isEmpty)
        #expect(try runner.claim() == nil)
    }
}

import FarmModel
import FarmStore
import TestSupport
import Testing

@Suite struct OwnershipTests {
    private let farm: TestFarm
    private let runner: TestRunner
    private let tree = StoredTree(TreeManifest(entries: [TreeEntry(path: "empty", mode: 0o755, content: .folder)]))

    init() throws {
        farm = try TestFarm()
        runner = try TestRunner(farm.store)
    }

    private func artifact(of claim: Claim) -> ArtifactRecord {
        ArtifactRecord(
            job: claim.job, kind: "tree", name: "out", version: nil, architecture: .native, path: nil, bytes: 0, digest: tree.digest)
    }

    @Test func aWrongTokenChangesNothing() throws {
        try farm.submit(.graph(["a": []]))
        let claim = try runner.mustClaim()
        var forged = claim
        forged.token = Array(claim.token.reversed())
        #expect(try runner.finish(forged, .good) == .stale)
        #expect(try farm.store.job(claim.job).state == .running)
        #expect(try runner.finish(claim, .good) == .ended(.success))
    }

    @Test func theFirstTerminalStateWins() throws {
        let build = try farm.submit(.graph(["a": []])).id
        let claim = try runner.mustClaim()
        #expect(try runner.finish(claim, .bad) == .ended(.failed))
        #expect(try runner.finish(claim, .success(tree: tree, artifacts: [artifact(of: claim)])) == .stale)
        let job = try farm.store.job(claim.job)
        #expect(job.state == .failed)
        #expect(job.tree == nil)
        #expect(try farm.store.artifacts(of: claim.job).isEmpty)
        #expect(try farm.store.build(build).state == .failed)
    }

    @Test func anAttemptThatWasRequeuedIsNobodysAnyMore() throws {
        try farm.submit(.graph(["a": []]))
        let first = try runner.mustClaim()
        #expect(try runner.finish(first, .abandoned) == .requeued)
        let second = try runner.mustClaim()
        #expect(second.job == first.job)
        #expect(second.number == 2)
        #expect(try runner.finish(first, .bad) == .stale)
        #expect(try runner.finish(second, .good) == .ended(.success))
        #expect(try farm.store.attempts(of: first.job).map(\.state) == [.cancelled, .success])
    }

    @Test func finishAfterCancelEndsCancelledAndKeepsNothing() throws {
        let build = try farm.submit(.graph(["a": [], "b": ["a"]])).id
        let claim = try runner.mustClaim()
        let outcome = try farm.store.cancel(.build(build), by: "test")
        #expect(outcome.ended == 1)
        #expect(outcome.cancelling == [claim.job])
        #expect(try farm.store.build(build).isCancelling)
        #expect(failure { () throws(FarmError) in _ = try farm.store.retry(claim.job) }?.status == .temporary)
        #expect(failure { () throws(FarmError) in _ = try farm.store.retryFailed(of: build) }?.status == .temporary)
        #expect(try runner.finish(claim, .success(tree: tree, artifacts: [artifact(of: claim)])) == .ended(.cancelled))
        let job = try farm.store.job(claim.job)
        #expect(job.state == .cancelled)
        #expect(job.tree == nil)
        #expect(try farm.store.artifacts(of: claim.job).isEmpty)
        #expect(try farm.store.latestTree(name: "a", architecture: .native) == nil)
        #expect(try farm.store.build(build).state == .cancelled)
        #expect(try farm.states(of: build) == ["a": .cancelled, "b": .cancelled])
    }

    @Test func successKeepsTreeAndArtifacts() throws {
        try farm.submit(.graph(["a": []]))
        let claim = try runner.mustClaim()
        #expect(try runner.finish(claim, .success(tree: tree, artifacts: [artifact(of: claim)])) == .ended(.success))
        #expect(try farm.store.job(claim.job).tree == tree.digest)
        #expect(try farm.store.artifacts(of: claim.job) == [artifact(of: claim)])
        let latest = try farm.store.latestTree(name: "a", architecture: .native)
        #expect(latest?.tree == tree.digest)
        #expect(latest?.job == claim.job)
    }

    @Test func whatWasMadeWithoutIsolationNeverStandsInForWhatWasMadeWithIt() throws {
        try farm.submit(.graph(["a": []]))
        let isolated = try runner.mustClaim()
        try runner.finish(isolated, .success(tree: tree, artifacts: []))
        try farm.submit(.graph(["a": []]))
        let open = try #require(try runner.claim(isolation: "none"))
        try runner.finish(open, .good)
        #expect(try farm.store.latestTree(name: "a", architecture: .native)?.job == isolated.job)
    }

    @Test func cancellingWhatHasEndedDoesNothing() throws {
        let build = try farm.submit(.graph(["a": []])).id
        let claim = try runner.mustClaim()
        try runner.finish(claim, .good)
        for target in [Target.build(build), .job(claim.job), .attempt(claim.attempt)] {
            #expect(try farm.store.cancel(target, by: "test").isNothing)
        }
        #expect(try farm.store.build(build).state == .success)
    }
}

import FarmModel
import Glibc
import HostSystem
import Synchronization
import TestSupport
import Testing

@testable import FarmStore

/// Many submissions in one transaction.
@Suite struct JoinedSubmissionTests {
    private let farm: TestFarm

    init() throws { farm = try TestFarm() }

    private func submission(_ name: String, key: String? = nil) -> Submission {
        var submission = Submission(jobs: [.named(name)])
        submission.key = key
        return submission
    }

    private func withMissingTree() -> Submission {
        var job = Submission.Job.named("treeless")
        job.trees = [(role: .source, name: "0", digest: Digest.of([9]))]
        return Submission(jobs: [job])
    }

    private func withShortSecret() -> Submission {
        var submission = submission("secretive")
        submission.secrets = ["S": [1]]
        return submission
    }

    @Test func eachGetsItsOwnAnswer() throws {
        let earlier = try farm.submit(submission("old", key: "k"))
        let results = try farm.store.submit([
            submission("one"), withMissingTree(), submission("other", key: "k"), submission("old", key: "k"), withShortSecret(),
            submission("two", key: "new"), submission("two", key: "new"),
        ])
        #expect(results.count == 7)
        #expect(results.map(\.status) == [nil, .noInput, .badInput, nil, .usage, nil, nil])
        guard case .success(.created(let one)) = results[0], case .success(.existing(let existing)) = results[3],
            case .success(.created(let two)) = results[5], case .success(.existing(let again)) = results[6]
        else {
            Issue.record("\(results)")
            return
        }
        #expect(existing == earlier)
        #expect(two == again)
        #expect(try farm.store.jobs(of: one.id).map(\.identity.name) == ["one"])
        #expect(try farm.store.recentBuilds(finished: 9).map(\.id) == [earlier.id, one.id, two.id])
    }

    @Test func nothingIsNothing() throws { #expect(try farm.store.submit([Submission]()).isEmpty) }

    /// What no check foresees: two rows that cannot both be. The others are stored all the same.
    @Test func anUnforeseenFaultIsNotTheEndOfTheOthers() throws {
        let broken = Submission(jobs: [.named("a"), .named("b", needs: [(0, false), (0, false)])])
        let results = try farm.store.submit([submission("one"), broken, submission("two")])
        #expect(results.map(\.status) == [nil, .internalError, nil])
        #expect(try farm.store.recentBuilds(finished: 9).count == 2)
        let left = try farm.store.read { database throws(FarmError) in
            try database.first("SELECT count(*) FROM jobs") { $0.integer(0) }
        }
        #expect(left == 2)
    }

    @Test func theQueueAnswersEveryCallerOnce() throws {
        let queue = SubmissionQueue(store: farm.store)
        let answers = Answers()
        _ = try concurrently(8) { thread in
            for number in 0..<50 {
                let name = "job-\(thread)-\(number)"
                var submission = Submission(jobs: [.named(name)])
                submission.key = number % 10 == 0 ? "shared-\(number)" : nil
                queue.submit(submission) { answers.add(name, $0) }
            }
        }
        try answers.wait(for: 400)
        // The five shared keys belong to one thread each; those of the other seven had other content.
        #expect(answers.builds.count == 365)
        #expect(answers.refusals == 35)
        for (name, build) in answers.builds { #expect(try farm.store.jobs(of: build).map(\.identity.name) == [name]) }
        #expect(try farm.openAgain().recentBuilds(finished: 0).count == 365)
    }

    /// A batch is one transaction: its builds have the same time.
    @Test func whatWaitsIsJoined() throws {
        let queue = SubmissionQueue(store: farm.store)
        let answers = Answers()
        let gate = try FileLock(path: farm.directory.farmLock)
        #expect(try gate.tryExclusive())
        for number in 0..<100 { queue.submit(submission("job-\(number)")) { answers.add("job-\(number)", $0) } }
        try gate.unlock()
        try answers.wait(for: 100)
        let times = try farm.store.recentBuilds(finished: 0).map(\.createdMilliseconds)
        #expect(Set(times).count <= 2)
    }

    @Test func aQueueThatIsFullSaysSo() throws {
        var limits = SubmissionQueue.Limits()
        limits.waiting = 3
        let queue = SubmissionQueue(store: farm.store, limits: limits)
        let answers = Answers()
        let gate = try FileLock(path: farm.directory.farmLock)
        #expect(try gate.tryExclusive())
        for number in 0..<20 { queue.submit(submission("job-\(number)")) { answers.add("job-\(number)", $0) } }
        try gate.unlock()
        try answers.wait(for: 20)
        // As many as may wait may have been taken, to be stored, before the others came.
        #expect((3...6).contains(answers.builds.count))
        #expect(answers.statuses == [.temporary])
    }

    @Test func aBatchIsBounded() throws {
        var limits = SubmissionQueue.Limits()
        limits.jobs = 3
        let queue = SubmissionQueue(store: farm.store, limits: limits)
        let answers = Answers()
        for number in 0..<10 { queue.submit(.independent(number % 5 + 1)) { answers.add("\(number)", $0) } }
        try answers.wait(for: 10)
        #expect(answers.builds.count == 10)
    }

    @Test func nobodyIsAnsweredYesOnceTheSchemaIsNewer() throws {
        try Connection(path: farm.directory.database, creates: false).execute("PRAGMA user_version = \(Schema.version + 1)")
        let queue = SubmissionQueue(store: farm.store)
        let answers = Answers()
        for number in 0..<5 { queue.submit(submission("job-\(number)")) { answers.add("\(number)", $0) } }
        try answers.wait(for: 5)
        #expect(answers.builds.isEmpty)
        #expect(answers.statuses == [.configuration])
    }
}

extension Result where Success == Store.SubmitOutcome, Failure == FarmError {
    fileprivate var status: FarmModel.ExitStatus? { if case .failure(let error) = self { error.status } else { nil } }
}

/// What callers were told.
private final class Answers: Sendable {
    private struct State {
        var builds: [String: BuildID] = [:]
        var errors: [FarmError] = []
        var count = 0
    }

    private let state = Mutex(State())

    /// The answers did not come.
    struct Late: Error {}

    var builds: [String: BuildID] { state.withLock { $0.builds } }
    var refusals: Int { state.withLock { $0.errors.count } }
    var statuses: Set<FarmModel.ExitStatus> { state.withLock { Set($0.errors.map(\.status)) } }

    func add(_ name: String, _ result: Result<Store.SubmitOutcome, FarmError>) {
        state.withLock { state in
            state.count += 1
            switch result {
            case .success(.created(let build)), .success(.existing(let build)): state.builds[name] = build.id
            case .failure(let error): state.errors.append(error)
            }
        }
    }

    func wait(for count: Int) throws {
        let deadline = Clock.boottimeMilliseconds + 30_000
        while state.withLock({ $0.count }) < count {
            guard Clock.boottimeMilliseconds < deadline else { throw Late() }
            usleep(1000)
        }
        #expect(state.withLock { $0.count } == count)
    }
}

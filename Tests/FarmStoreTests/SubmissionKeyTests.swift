import FarmModel
import FarmStore
import TestSupport
import Testing

@Suite struct SubmissionKeyTests {
    private let farm: TestFarm

    init() throws { farm = try TestFarm() }

    private func submission(_ key: String, _ name: String = "a", owner: String? = nil) -> Submission {
        var submission = Submission(jobs: [.named(name)])
        submission.key = key
        submission.owner = owner
        return submission
    }

    @Test func theSameKeyAndContentAnswersTheFirstBuild() throws {
        let first = try farm.submit(submission("k"))
        guard case .existing(let second) = try farm.store.submit(submission("k")) else {
            Issue.record("a second build was made")
            return
        }
        #expect(second == first)
        #expect(try farm.store.recentBuilds(finished: 10).count == 1)
    }

    @Test func theSameKeyWithOtherContentIsRefused() throws {
        try farm.submit(submission("k"))
        let error = failure { () throws(FarmError) in _ = try farm.store.submit(submission("k", "b")) }
        #expect(error?.status == .badInput)
        #expect(error?.message.contains("\"k\"") == true)
        #expect(try farm.store.recentBuilds(finished: 10).count == 1)
    }

    @Test func keysOfDifferentOwnersAreDifferent() throws {
        let ours = try farm.submit(submission("k", owner: "ann"))
        let theirs = try farm.submit(submission("k", "b", owner: "bob"))
        #expect(ours.id != theirs.id)
    }

    @Test func eightAtOnceMakeOneBuild() throws {
        for round in 0..<20 {
            let farm = farm
            let submission = submission("round \(round)")
            let builds = try concurrently(8) { _ in
                switch try farm.openAgain().submit(submission) {
                case .created(let build): (build.id, true)
                case .existing(let build): (build.id, false)
                }
            }
            #expect(Set(builds.map(\.0)).count == 1)
            #expect(builds.count { $0.1 } == 1)
        }
    }

    @Test func idsNeverRepeatAndSortByTime() throws {
        let farm = farm
        let builds = try concurrently(8) { _ in
            let store = try farm.openAgain()
            return try (0..<25).map { _ in try store.submitNew(.independent(3)).id }
        }
        #expect(Set(builds.joined()).count == 200)
        for ofOne in builds { #expect(ofOne == ofOne.sorted()) }
    }
}

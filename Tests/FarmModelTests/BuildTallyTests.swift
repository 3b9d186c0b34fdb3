import FarmModel
import Testing

@Suite struct BuildTallyTests {
    static let cases: [([JobState], BuildState)] = [
        ([], .success), ([.pending], .pending), ([.pending, .running], .running), ([.pending, .success], .running), ([.running], .running),
        ([.success, .success], .success), ([.success, .failed], .partial), ([.failed, .skipped], .failed), ([.skipped], .failed),
        ([.cancelled, .success, .failed], .cancelled), ([.cancelled, .pending], .running),
    ]

    @Test(arguments: cases) func stateFollowsFromTheJobs(_ jobs: [JobState], _ state: BuildState) {
        var tally = BuildTally()
        for job in jobs { tally.add(job) }
        #expect(tally.state == state)
        #expect(tally.total == jobs.count)
        #expect(tally.ended == jobs.filter(\.isTerminal).count)
        #expect(tally.state.isTerminal == jobs.allSatisfy(\.isTerminal))
    }
}

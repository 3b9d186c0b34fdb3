import FarmModel
import FarmStore
import TestSupport
import Testing

/// Several claims and several ends in one transaction.
@Suite struct BatchTests {
    private let farm: TestFarm
    private let runner: TestRunner

    init() throws {
        farm = try TestFarm()
        runner = try TestRunner(farm.store)
    }

    private func request(_ count: Int) -> ClaimRequest {
        var request = ClaimRequest(runner: runner.id, abilities: RunnerAbilities(), isolation: "sandbox", token: [1, 2, 3])
        request.count = count
        return request
    }

    private func report(_ claim: Claim, _ result: AttemptReport.Result) -> AttemptReport {
        AttemptReport(attempt: claim.attempt, token: claim.token, result: result)
    }

    @Test func claimsAreDistinctAndNoMoreThanAskedFor() throws {
        try farm.submit(.graph(["a": [], "b": [], "c": [], "d": ["a"]]))
        let first = try farm.store.claim(request(2)).claims
        #expect(Set(first.map(\.job)).count == 2 && Set(first.map(\.attempt)).count == 2)
        let rest = try farm.store.claim(request(9)).claims
        #expect(rest.count == 1)
        #expect(Set((first + rest).map(\.identity.name)) == ["a", "b", "c"])
        #expect(try farm.store.claim(request(9)).claims.isEmpty)
    }

    @Test func endsReleaseWhatIsClaimedInTheSameTransaction() throws {
        let build = try farm.submit(.graph(["a": [], "b": [], "c": ["a", "b"], "d": ["c"]])).id
        let claims = try farm.store.claim(request(2)).claims
        let (ends, next) = try farm.store.finish(claims.map { report($0, .good) }, claiming: request(5))
        #expect(ends.map(\.outcome) == [.ended(.success), .ended(.success)])
        #expect(ends.map { $0.job?.id } == claims.map(\.job))
        #expect(ends.allSatisfy { $0.job?.state == .success })
        #expect(next.claims.map(\.identity.name) == ["c"])
        #expect(try farm.store.build(build).tally.success == 2)
    }

    @Test func eachEndIsJudgedByItself() throws {
        let build = try farm.submit(.graph(["a": [], "b": [], "c": ["a"]])).id
        let claims = try farm.store.claim(request(2)).claims
        var stale = try #require(claims.first)
        stale.token = [9]
        let reports = [report(stale, .good)] + claims.map { report($0, $0.identity.name == "a" ? .bad : .good) }
        let (ends, next) = try farm.store.finish(reports, claiming: request(5))
        #expect(ends.map(\.outcome).filter { $0 == .stale }.count == 1)
        #expect(next.claims.isEmpty)
        let states = try farm.store.jobs(of: build).map { "\($0.identity.name) \($0.state.rawValue)" }
        #expect(Set(states) == ["a failed", "b success", "c skipped"])
        #expect(try farm.store.build(build).state == .partial)
    }

    @Test func howLongItTookIsWhatTheRunnerSays() throws {
        try farm.submit(.graph(["a": []]))
        let claim = try runner.mustClaim()
        var report = report(claim, .good)
        report.durationMilliseconds = 1234
        _ = try farm.store.finish(report)
        #expect(try farm.store.attempts(of: claim.job).first?.durationMilliseconds == 1234)
    }
}

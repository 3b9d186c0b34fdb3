import FarmModel
import Testing

@testable import FarmRunner
@testable import FarmStore

@Suite struct BacklogTests {
    private func claim(_ number: Int64) -> Claim {
        Claim(
            attempt: AttemptID(number), number: 1, token: [UInt8(number)], job: JobID(number), build: BuildID(1),
            identity: JobIdentity(name: "j\(number)", architecture: .native), recipe: "script", document: "{}",
            planDigest: Digest.of([UInt8(number)]), isolation: "sandbox")
    }

    private func end(_ number: Int64) -> AttemptReport {
        AttemptReport(attempt: AttemptID(number), token: [], result: .success(tree: .empty, artifacts: []))
    }

    @Test func anEndWaitsOnlyWhileThereIsANextJob() {
        var backlog = Backlog()
        let none = backlog.exchange(end(1), now: 0)
        #expect(none == nil && backlog.isEmpty)
        backlog.put([claim(5), claim(6)], now: 100)
        let next = (2...4).map { backlog.exchange(end($0), now: 100 + $0)?.attempt }
        #expect(next == [AttemptID(5), AttemptID(6), nil])
        let ends = backlog.takeEnded()
        #expect(ends.map(\.attempt) == [AttemptID(2), AttemptID(3)])
        #expect(backlog.isEmpty && backlog.due == nil)
    }

    @Test func nothingStaysForLong() {
        var backlog = Backlog()
        backlog.put([claim(1)], now: 100)
        backlog.put([claim(2), claim(3)], now: 110)
        #expect(backlog.due == 100 + Backlog.claimMilliseconds)
        _ = backlog.exchange(end(9), now: 120)
        _ = backlog.exchange(end(8), now: 130)
        #expect(backlog.due == 120 + Backlog.endMilliseconds)
        let stored = backlog.takeEnded().count
        #expect(stored == 2)
        backlog.put([claim(1), claim(2)], now: 140)
        #expect(backlog.due == 100 + Backlog.claimMilliseconds)
        #expect(!backlog.hasStaleClaims(now: 1099) && backlog.hasStaleClaims(now: 1100))
        let next = backlog.takeClaim()?.attempt
        #expect(next == AttemptID(3))
        backlog.abandonClaims()
        let ends = backlog.takeEnded()
        #expect(ends.map(\.attempt) == [AttemptID(1), AttemptID(2)])
        #expect(ends.map(\.token) == [[1], [2]])
        #expect(ends.allSatisfy { if case .abandoned = $0.result { true } else { false } })
        #expect(backlog.due == nil)
    }

    @Test func whatCouldNotBeStoredIsKeptInOrder() {
        var backlog = Backlog()
        backlog.put([claim(5)], now: 0)
        _ = backlog.exchange(end(1), now: 1)
        let taken = backlog.takeEnded()
        backlog.put([claim(6)], now: 2)
        _ = backlog.exchange(end(2), now: 3)
        backlog.putBack(taken, now: 50)
        #expect(backlog.due == 50 + Backlog.endMilliseconds)
        let ends = backlog.takeEnded()
        #expect(ends.map(\.attempt) == [AttemptID(1), AttemptID(2)])
    }

    @Test func aClaimThatIsCancelledIsNotRun() {
        var backlog = Backlog()
        backlog.put([claim(1), claim(2)], now: 0)
        let found = [2, 2, 3].map { backlog.cancel(AttemptID($0)) }
        #expect(found == [true, false, false])
        let claims = [backlog.takeClaim()?.attempt, backlog.takeClaim()?.attempt]
        #expect(claims == [AttemptID(1), nil])
        let ends = backlog.takeEnded()
        #expect(ends.map(\.attempt) == [AttemptID(2)])
    }

    @Test func onlyShortJobsAreClaimedAhead() {
        var pace = ClaimPace()
        #expect(pace.ahead == 0)
        for _ in 0..<3 { pace.note(milliseconds: 1) }
        #expect(pace.ahead == 0)
        for _ in 0..<30 { pace.note(milliseconds: 1) }
        #expect((8...20).contains(pace.ahead))
        for _ in 0..<30 { pace.note(milliseconds: 6) }
        #expect((1...3).contains(pace.ahead))
        pace.note(milliseconds: 3_600_000)
        #expect(pace.ahead == 0)
        for _ in 0..<20 { pace.note(milliseconds: 1) }
        #expect(pace.ahead > 0)
    }
}

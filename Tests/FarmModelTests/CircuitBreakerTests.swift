import FarmModel
import Testing

/// A melange build farm let all waiting jobs rush at a backend that had just rested, and took build failures for failures of the machine.
@Suite struct CircuitBreakerTests {
    private let pool = BackendPool()
    private let start = Moment(wallMilliseconds: 1_800_000_000_000, bootMilliseconds: 1_000_000, bootIdentifier: "one")

    private func moment(after milliseconds: Int64, boot: String = "one") -> Moment {
        Moment(
            wallMilliseconds: start.wallMilliseconds + milliseconds, bootMilliseconds: start.bootMilliseconds + milliseconds,
            bootIdentifier: boot)
    }

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for number in 1...3 { breaker.end(AttemptID(Int64(number)), .failed, error: "no route", start, pool: pool) }
        return breaker
    }

    @Test func opensAtTheThreshold() {
        var breaker = CircuitBreaker()
        for number in 1...2 {
            breaker.end(AttemptID(Int64(number)), .failed, error: "no route", start, pool: pool)
            #expect(breaker.admits(start))
        }
        breaker.end(AttemptID(3), .failed, error: "no route", start, pool: pool)
        #expect(!breaker.admits(start))
        #expect(breaker.restMilliseconds(start) == 30_000)
        #expect(breaker.lastError == "no route")
    }

    @Test func failuresInBetweenSuccessesDoNotAddUp() {
        var breaker = CircuitBreaker()
        for number in 1...9 {
            breaker.end(AttemptID(Int64(number)), number % 3 == 0 ? .works : .failed, error: "", start, pool: pool)
            #expect(breaker.admits(start))
        }
    }

    @Test func oneAttemptTriesAfterTheRest() {
        var breaker = opened()
        #expect(!breaker.admits(moment(after: 29_999)))
        let later = moment(after: 30_000)
        #expect(breaker.admits(later))
        breaker.start(AttemptID(9), later)
        #expect(!breaker.admits(later))
        #expect(!breaker.admits(moment(after: 3_000_000)))
        breaker.end(AttemptID(9), .works, error: nil, later, pool: pool)
        #expect(breaker.admits(later) && breaker.failures == 0)
    }

    @Test func aFailedTrialOpensAgain() {
        var breaker = opened()
        let later = moment(after: 30_000)
        breaker.start(AttemptID(9), later)
        breaker.end(AttemptID(9), .failed, error: "again", later, pool: pool)
        #expect(breaker.restMilliseconds(later) == 30_000)
    }

    @Test func aTrialThatSaysNothingLetsTheNextTry() {
        var breaker = opened()
        let later = moment(after: 30_000)
        breaker.start(AttemptID(9), later)
        breaker.end(AttemptID(9), .unknown, error: nil, later, pool: pool)
        #expect(breaker.admits(later) && breaker.isOpen(later))
    }

    @Test func aLateFailureOfAnotherKeepsTheRestGoing() {
        var breaker = opened()
        breaker.end(AttemptID(4), .failed, error: "late", moment(after: 10_000), pool: pool)
        #expect(breaker.restMilliseconds(moment(after: 10_000)) == 30_000)
    }

    @Test func isForgottenByABoot() {
        let breaker = opened()
        #expect(breaker.admits(moment(after: -900_000, boot: "two")))
        var next = breaker
        next.end(AttemptID(5), .failed, error: "", moment(after: 0, boot: "two"), pool: pool)
        #expect(next.failures == 1 && next.admits(moment(after: 0, boot: "two")))
    }

    @Test func survivesItsStore() {
        var breaker = opened()
        #expect(CircuitBreaker(breaker.json) == breaker)
        breaker.start(AttemptID(9), moment(after: 40_000))
        #expect(CircuitBreaker(breaker.json) == breaker)
        #expect(CircuitBreaker(JSONObject()).admits(start))
    }

    @Test(arguments: FailureClass.allCases) func onlyTheMachineCountsAgainstIt(_ failure: FailureClass) {
        let verdict = CircuitBreaker.Verdict(state: .failed, failure: failure)
        #expect((verdict == .failed) == (failure == .infrastructure))
    }

    @Test func whatBuiltProvesThatItWorks() {
        #expect(CircuitBreaker.Verdict(state: .success, failure: nil) == .works)
        #expect(CircuitBreaker.Verdict(state: .failed, failure: .build) == .works)
        #expect(CircuitBreaker.Verdict(state: .cancelled, failure: nil) == .unknown)
        #expect(CircuitBreaker.Verdict(state: .failed, failure: .lost) == .unknown)
    }
}

import FarmModel
import Testing

@Suite struct RetryPolicyTests {
    @Test func onlyTheMachinesFailuresAreTriedAgainUnlessAsked() {
        let retried = FailureClass.allCases.filter { RetryPolicy().delayMilliseconds(after: $0, number: 1, jitter: 0) != nil }
        #expect(retried == [.infrastructure, .lost])
        #expect(RetryPolicy(attempts: 2, classes: [.timeout]).delayMilliseconds(after: .timeout, number: 1, jitter: 0) != nil)
    }

    @Test func theLastAttemptIsFinal() {
        let policy = RetryPolicy(attempts: 3)
        #expect(policy.delayMilliseconds(after: .lost, number: 2, jitter: 0) != nil)
        #expect(policy.delayMilliseconds(after: .lost, number: 3, jitter: 0) == nil)
        #expect(RetryPolicy(attempts: 1).delayMilliseconds(after: .lost, number: 1, jitter: 0) == nil)
    }

    @Test func delaysDoubleUpToFiveMinutesWithJitterOverTheUpperHalf() {
        let policy = RetryPolicy(attempts: 1000)
        let delays = (1...12).map { policy.delayMilliseconds(after: .lost, number: $0, jitter: 0.999) ?? 0 }
        #expect(delays.prefix(4) == [999, 1999, 3998, 7996])
        #expect(delays.last == 299_850)
        #expect(policy.delayMilliseconds(after: .lost, number: 4, jitter: 0) == 4000)
        #expect(policy.delayMilliseconds(after: .lost, number: 999, jitter: 0) == 150_000)
    }
}

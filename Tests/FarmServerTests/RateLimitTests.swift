import Testing

@testable import FarmServer

@Suite struct RateLimitTests {
    /// So many of a number of requests at a time are let through.
    private func passed(_ limit: RateLimit, _ key: String, _ count: Int, at now: Int64) -> Int {
        (0..<count).count { _ in limit.take(key, now: now) == nil }
    }

    @Test func aBurstOfFiveSeconds() {
        let limit = RateLimit(perSecond: 10)
        #expect(passed(limit, "a", 100, at: 1_000) == 50)
        #expect(limit.take("a", now: 1_000) == 1)
    }

    @Test func itFillsEvenly() {
        let limit = RateLimit(perSecond: 10)
        _ = passed(limit, "a", 50, at: 0)
        #expect(passed(limit, "a", 10, at: 99) == 0)
        #expect(passed(limit, "a", 10, at: 100) == 1)
        #expect(passed(limit, "a", 10, at: 400) == 3)
        #expect(passed(limit, "a", 100, at: 1_000_000) == 50)
    }

    @Test func keysAreCountedApart() {
        let limit = RateLimit(perSecond: 1)
        #expect(passed(limit, "a", 9, at: 0) == 5)
        #expect(passed(limit, "b", 9, at: 0) == 5)
    }

    @Test func aClockThatGoesBackGivesNothing() {
        let limit = RateLimit(perSecond: 1)
        _ = passed(limit, "a", 5, at: 10_000)
        #expect(limit.take("a", now: 0) == 1)
        #expect(passed(limit, "a", 9, at: 1_000) == 1)
    }

    /// The many keys of somebody who tries them are forgotten; who has used up their own is not.
    @Test func whoIsLimitedStaysSoAmongMany() {
        let limit = RateLimit(perSecond: 1)
        _ = passed(limit, "busy", 5, at: 0)
        for number in 0..<10_100 { _ = limit.take("\(number)", now: 0) }
        #expect(limit.take("busy", now: 0) == 1)
        for number in 0..<10_100 { _ = limit.take("\(number)", now: 1_000) }
        #expect(passed(limit, "busy", 9, at: 1_000) == 1)
    }
}

import Testing

@testable import FarmModel

@Suite struct StatisticsTests {
    private func sample(
        _ number: Int64, _ name: String = "lib", _ state: AttemptState = .success, start: Int64, took: Int64?, runner: Int64 = 1
    ) -> HistorySample {
        HistorySample(
            id: AttemptID(number), name: name, state: state, failure: state == .failed ? .timeout : nil, runner: RunnerID(runner),
            host: "farm\(runner)", endedMilliseconds: start + (took ?? 0), durationMilliseconds: took)
    }

    private func statistics(_ samples: [HistorySample]) -> Statistics {
        var statistics = Statistics()
        for sample in samples { statistics.add(sample) }
        return statistics
    }

    @Test func nothingHasNoRateAndNoExtremes() {
        let none = Statistics()
        #expect(none.attempts == 0)
        #expect(none.successRate == nil && none.usual == nil && none.perHour == nil && none.slowest == nil && none.busiest == nil)
        #expect(none.json(by: nil, group: nil).members.map(\.key).contains("success_rate") == false)
    }

    @Test func countsAndDurations() throws {
        let statistics = statistics([
            sample(1, start: 0, took: 1000), sample(2, "app", start: 500, took: 3000, runner: 2),
            sample(3, "bad", .failed, start: 600, took: 9000),
            sample(4, "gone", .cancelled, start: 700, took: 100), sample(5, "lost", .success, start: 800, took: nil),
        ])
        #expect((statistics.success, statistics.failed, statistics.cancelled, statistics.attempts) == (3, 1, 1, 5))
        #expect(statistics.failures == [.timeout: 1])
        #expect(statistics.successRate == 0.75)
        #expect(statistics.usual == DurationEstimate(median: 2000, ninetieth: 2800))
        #expect(statistics.slowest == Statistics.Slow(id: AttemptID(2), name: "app", milliseconds: 3000))
        #expect(statistics.busiest == Statistics.Busy(runner: RunnerID(1), host: "farm1", milliseconds: 10_100))
        #expect(statistics.totalMilliseconds == 13_100)
        #expect(statistics.span == 0...9600)
    }

    @Test func idleTimeDoesNotCount() throws {
        let statistics = statistics([
            sample(1, start: 0, took: 1000), sample(2, start: 500, took: 1000), sample(3, start: 600, took: 100),
            sample(4, start: 10_000, took: 500),
        ])
        #expect(statistics.busyMilliseconds == 2000)
        #expect(statistics.perHour == 7200)
    }

    @Test(arguments: [
        ("2026-11-20T23:30:00Z", "2026-W47"), ("2026-11-23T00:00:00Z", "2026-W48"), ("2026-11-22T23:59:59Z", "2026-W47"),
        ("2020-12-31T00:00:00Z", "2020-W53"), ("2021-01-03T00:00:00Z", "2020-W53"), ("2021-01-04T00:00:00Z", "2021-W01"),
        ("2018-12-31T00:00:00Z", "2019-W01"), ("2024-02-29T12:00:00Z", "2024-W09"), ("1970-01-01T00:00:00Z", "1970-W01"),
    ])
    func weeksAreThoseOfISO8601(time: String, week: String) throws {
        #expect(StatisticsGrouping.week(of: try #require(Timestamp.parse(time))) == week)
    }

    @Test func groupsAreDaysWeeksPackagesAndRunners() {
        let sample = sample(1, start: 1_795_217_400_000, took: 0, runner: 5)
        #expect(StatisticsGrouping.day.group(of: sample) == "2026-11-20")
        #expect(StatisticsGrouping.package.group(of: sample) == "lib")
        #expect(StatisticsGrouping.runner.group(of: sample) == RunnerID(5).description)
    }
}

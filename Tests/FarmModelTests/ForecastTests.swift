import FarmModel
import TestSupport
import Testing

@Suite struct ForecastTests {
    private func job(_ median: Int64?, needs: [Int] = [], ninetieth: Int64? = nil, elapsed: Int64? = nil, recipe: String = "script")
        -> RemainingWork.Job
    {
        let estimate = median.map { DurationEstimate(median: $0, ninetieth: ninetieth ?? $0) }
        return RemainingWork.Job(needs: needs, estimate: estimate, recipe: recipe, elapsedMilliseconds: elapsed)
    }

    private func end(_ jobs: [RemainingWork.Job], slots: Int, occupied: [Int64] = [], delay: Int64 = 0) -> Int64? {
        Forecast(RemainingWork(jobs: jobs, slots: slots, occupied: occupied, delayMilliseconds: delay))?.endMilliseconds
    }

    @Test func withoutHistoryOrSlotsThereIsNone() {
        #expect(end([job(nil), job(nil)], slots: 4) == nil)
        #expect(end([job(100)], slots: 0) == nil)
        #expect(end([], slots: 4) == nil)
    }

    @Test func aChainTakesItsSumAndSlotsShareWork() {
        let chain = [job(100), job(200, needs: [0]), job(300, needs: [1])]
        #expect(end(chain, slots: 8) == 600)
        let independent = Array(repeating: job(100), count: 6)
        #expect(end(independent, slots: 1) == 600)
        #expect(end(independent, slots: 2) == 300)
        #expect(end(independent, slots: 4) == 200)
    }

    @Test func theLongestWayStartsFirst() {
        // Taken in their order, the two short ones would keep the long chain waiting.
        #expect(end([job(10), job(10), job(10), job(20, needs: [2])], slots: 2) == 30)
    }

    @Test func whatRunsCountsForItsRest() {
        #expect(end([job(100, elapsed: 60), job(50, needs: [0])], slots: 1) == 90)
        // Both slots are taken, one for 40 more.
        #expect(end([job(100, elapsed: 60), job(50)], slots: 2, occupied: [500]) == 90)
        // More run than there are slots, as a runner has just gone.
        #expect(end([job(100, elapsed: 60), job(100, elapsed: 50), job(10)], slots: 1) == 60)
    }

    @Test func nothingStartsBeforeItsTime() {
        #expect(end([job(100), job(100)], slots: 2, delay: 1000) == 1100)
        #expect(end([job(100, elapsed: 0), job(10, needs: [0])], slots: 2, delay: 1000) == 1010)
    }

    @Test func theUnknownTakesAsLongAsItsRecipe() throws {
        let work = RemainingWork(
            jobs: [job(100, recipe: "port"), job(300, recipe: "port"), job(10), job(nil, recipe: "port"), job(nil, recipe: "other")],
            slots: 1)
        let forecast = try #require(Forecast(work))
        #expect(forecast.unknown == 2)
        #expect(forecast.endMilliseconds == 100 + 300 + 10 + 200 + 100)
    }

    @Test func errorsAlongAChainAddUpByTheirSquares() throws {
        let chain = [job(100, ninetieth: 130), job(100, needs: [0], ninetieth: 140)]
        let forecast = try #require(Forecast(RemainingWork(jobs: chain, slots: 4)))
        #expect(forecast.endMilliseconds == 200)
        #expect(forecast.ninetiethMilliseconds == 250)
        // What ends earlier, but may take very long, decides on the pessimistic end.
        let wide = [job(100), job(90, ninetieth: 500)]
        #expect(try #require(Forecast(RemainingWork(jobs: wide, slots: 2))).ninetiethMilliseconds == 500)
    }

    @Test func theCriticalPathIsTheLongestChain() throws {
        let jobs = [job(10), job(50), job(20, needs: [0]), job(100, needs: [2]), job(60, needs: [1])]
        let forecast = try #require(Forecast(RemainingWork(jobs: jobs, slots: 1)))
        #expect(forecast.criticalPath == [0, 2, 3])
        #expect(forecast.criticalMilliseconds == 130)
    }

    @Test(arguments: 0..<300) func everyForecastIsWithinTheBoundsOfListScheduling(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let count = Int.random(in: 1...40, using: &random)
        let jobs = (0..<count).map { position in
            let needs = (0..<position).filter { _ in random.chance(8) }
            let median = Int64.random(in: 0...1000, using: &random)
            return job(median, needs: needs, ninetieth: median + Int64.random(in: 0...500, using: &random))
        }
        let work = jobs.reduce(0) { $0 + ($1.estimate?.median ?? 0) }
        for slots in [1, 2, 3, 7, count] {
            let forecast = try #require(Forecast(RemainingWork(jobs: jobs, slots: slots)))
            let (end, critical) = (forecast.endMilliseconds, forecast.criticalMilliseconds)
            #expect(end >= critical)
            #expect(end * Int64(slots) >= work)
            // Graham's bound.
            #expect(end * Int64(slots) <= work + Int64(slots - 1) * critical)
            #expect(forecast.ninetiethMilliseconds >= end)
            #expect(zip(forecast.criticalPath, forecast.criticalPath.dropFirst()).allSatisfy { jobs[$1].needs.contains($0) })
            #expect(forecast.criticalPath.reduce(0) { $0 + (jobs[$1].estimate?.median ?? 0) } == critical)
            if slots == 1 { #expect(end == work) }
            if slots == count { #expect(end == critical) }
        }
    }

    @Test func quantilesLieBetweenTheNearestValues() {
        #expect(DurationEstimate(samples: []) == nil)
        #expect(DurationEstimate(samples: [7]) == DurationEstimate(median: 7, ninetieth: 7))
        #expect(DurationEstimate(samples: [40, 10, 30, 20]) == DurationEstimate(median: 25, ninetieth: 37))
        #expect(DurationEstimate(samples: Array(0...100)) == DurationEstimate(median: 50, ninetieth: 90))
    }

    @Test(arguments: [(0, 100), (50, 58), (100, 63), (150, 38), (175, 25), (200, 20), (1000, 100)])
    func aRunningJobIsNeverTakenToBeOver(elapsed: Int64, median: Int64) {
        #expect(DurationEstimate(median: 100, ninetieth: 200).remaining(after: elapsed).median == median)
        #expect(DurationEstimate(median: 100, ninetieth: 100).remaining(after: elapsed).median == max(100 - elapsed, elapsed / 10))
    }
}

import FarmModel
import Testing

@Suite struct BuildForecastTests {
    private func forecast(_ end: Int64, _ ninetieth: Int64, unknown: Int = 0) -> BuildForecast {
        BuildForecast(endMilliseconds: end, ninetiethMilliseconds: ninetieth, unknown: unknown, criticalPath: ["lib", "app"])
    }

    @Test func itIsSaidInWholeSecondsAndNeverOver() {
        #expect(forecast(200_400, 240_000).phrase(now: 0) == "done in about 3m20s (90 %: 4m)")
        #expect(forecast(5_000, 9_000, unknown: 1).phrase(now: 1_000) == "done in about 4s (90 %: 8s), 1 job never built before")
        #expect(forecast(5_000, 9_000, unknown: 2).phrase(now: 60_000) == "done in about 1s (90 %: 1s), 2 jobs never built before")
        #expect(forecast(5_000, 9_000).shortPhrase(now: 0) == "5s left (90 %: 9s)")
    }

    @Test func theRecordHasTimes() {
        var build = BuildRecord(id: BuildID(1), tally: BuildTally(), priority: 0, createdMilliseconds: 0)
        #expect(build.json["eta"] == nil)
        build.forecast = forecast(1000, 2000, unknown: 3)
        #expect(build.json["eta"] == "1970-01-01T00:00:01.000Z")
        #expect(build.json["eta_p90"] == "1970-01-01T00:00:02.000Z")
        #expect(build.json["eta_unknown"] == 3)
        #expect(build.json["critical_path"] == ["lib", "app"])
    }
}

import FarmModel
import FarmStore
import Testing
import ToolKit

@testable import StatusCommand

@Suite struct WatchPictureTests {
    private func build(_ tally: BuildTally, key: String? = nil) -> BuildRecord {
        var build = BuildRecord(id: BuildID(1 << 50), tally: tally, priority: 0, createdMilliseconds: 0)
        build.key = key
        build.startedMilliseconds = 0
        return build
    }

    private func tally(pending: Int = 0, running: Int = 0, success: Int = 0, failed: Int = 0) -> BuildTally {
        var tally = BuildTally()
        tally.pending = pending
        tally.running = running
        tally.success = success
        tally.failed = failed
        return tally
    }

    private func running(_ name: String, phase: String? = nil) -> RunningJob {
        let job = JobRecord(id: JobID(1), build: BuildID(1), identity: JobIdentity(name: name, architecture: .native))
        return RunningJob(job: job, number: 1, claimedMilliseconds: 1000, phase: phase)
    }

    private func picture(width: Int = 79, height: Int = 23, unicode: Bool = false) -> WatchPicture {
        WatchPicture(width: width, height: height, usesUnicode: unicode, painter: Painter(isOn: false), now: 63_000)
    }

    @Test func aBuildHasATitleABarAndWhatRuns() {
        var watched = WatchedBuild(build: build(tally(pending: 2, running: 1, success: 1), key: "nightly"))
        watched.running = [running("zlib", phase: "compile")]
        let lines = picture().lines([watched])
        #expect(lines.count == 3)
        #expect(lines[0].hasSuffix("  running  nightly"))
        #expect(lines[1] == "######..................  25%  1/4 done, 1 running, 1m3s")
        #expect(lines[2] == "  zlib          1m2s  compile")
    }

    @Test func theTimeLeftComesBeforeWhatMayBeCut() {
        var build = build(tally(pending: 2, running: 1, success: 1))
        build.forecast = BuildForecast(endMilliseconds: 263_000, ninetiethMilliseconds: 303_400, unknown: 0, criticalPath: [])
        let lines = picture().lines([WatchedBuild(build: build)])
        #expect(lines[1] == "######..................  25%  1/4 done, 3m20s left (90 %: 4m), 1 running, ...")
    }

    @Test func theBarIsFullAtTheEnd() {
        let lines = picture(unicode: true).lines([WatchedBuild(build: build(tally(success: 3)))])
        #expect(lines[1].hasPrefix(String(repeating: "█", count: 24) + " 100%"))
    }

    @Test(arguments: [(20, 2), (40, 5), (79, 23), (200, 60)])
    func itNeverOutgrowsTheTerminal(_ width: Int, _ height: Int) {
        let counts = tally(pending: 100, running: 50, success: 1000, failed: 5)
        var watched = WatchedBuild(build: build(counts, key: String(repeating: "k", count: 300)))
        watched.running = (0..<50).map { running("job-\($0)-" + String(repeating: "測", count: $0), phase: "a phase with a long name") }
        var failure = JobRecord(id: JobID(2), build: BuildID(1), identity: JobIdentity(name: "bad", architecture: .native))
        failure.message = String(repeating: "message ", count: 40)
        watched.failures = [failure, failure, failure]
        let lines = picture(width: width, height: height, unicode: true).lines(Array(repeating: watched, count: 9))
        #expect(lines.count <= height)
        for line in lines { #expect(DisplayWidth.of(line) <= width, "\(line)") }
    }

    @Test func whatDoesNotFitIsCounted() {
        let builds = Array(repeating: WatchedBuild(build: build(tally(pending: 1))), count: 9)
        let lines = picture(height: 6).lines(builds)
        #expect(lines.last == "and 7 more builds")
        #expect(picture().lines([]) == ["nothing is pending or running"])
    }

    @Test func namesCannotMoveTheCursor() {
        var watched = WatchedBuild(build: build(tally(running: 1), key: "a\u{1B}[2Jb\rc"))
        watched.running = [running("x", phase: "\u{1B}]0;title\u{07}")]
        for line in picture().lines([watched]) { #expect(!line.unicodeScalars.contains { $0.value < 0x20 }) }
    }
}

import FarmModel
import TestSupport
import Testing

@testable import ToolKit

struct WordTests {
    @Test(
        arguments: [
            (0, "now"), (-5000, "now"), (999, "now"), (1000, "1s ago"), (59_999, "59s ago"), (61_000, "1m ago"), (3_599_000, "59m ago"),
            (7_300_000, "2h ago"), (90_000_000, "1d ago"), (8_640_000_000, "100d ago"),
        ] as [(Int64, String)])
    func ages(_ age: Int64, _ text: String) {
        #expect(AgeText.of(1_700_000_000_000 - age, now: 1_700_000_000_000) == text)
    }

    @Test func plurals() {
        #expect(CountText.of(0, "job") == "0 jobs")
        #expect(CountText.of(1, "job") == "1 job")
        #expect(CountText.of(2, "entry", "entries") == "2 entries")
    }

    @Test func progress() {
        var tally = BuildTally()
        tally.pending = 5
        var progress = BuildProgress(tally: tally, elapsedMilliseconds: 0)
        #expect(progress.line() == "[0/5] 0ms")
        tally.running = 2
        tally.success = 3
        tally.failed = 1
        progress = BuildProgress(tally: tally, elapsedMilliseconds: 63_000, running: ["zlib", "bad\u{1B}[2J"])
        #expect(progress.line() == "[4/11] 2 running, 1 failed, 1m3s: zlib, bad\\u{1b}[2J")
        progress.timeLeft = "3m left (90 %: 4m)"
        #expect(progress.line() == "[4/11] 2 running, 1 failed, 1m3s, 3m left (90 %: 4m): zlib, bad\\u{1b}[2J")
        #expect(progress.line(width: 20) == "[4/11] 2 running, 1…")
        #expect(progress.line(width: 20, usesUnicode: false) == "[4/11] 2 running,...")
    }

    @Test func aStatusLineIsRedrawnOrPrinted() {
        #expect(StatusLine.drawing(of: "half", isRedrawn: true, name: "bf-x") == "\r\u{1B}[Khalf")
        #expect(StatusLine.drawing(of: "half", isRedrawn: false, name: "bf-x") == "bf-x: half\n")
    }

    @Test func withoutATerminalLinesArePrintedNowAndThen() throws {
        let streams = try Streams()
        let line = StatusLine(in: streams.context, intervalMilliseconds: 3_600_000)
        line.update { _ in "one" }
        line.update { _ in "two" }
        line.note("a message")
        line.clear()
        #expect(try streams.said == "bf-test: one\nbf-test: a message\n")
    }
}

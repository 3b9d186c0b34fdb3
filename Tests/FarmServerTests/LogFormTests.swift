import FarmModel
import Testing

@testable import FarmServer
@testable import FarmStore

@Suite struct LogFormTests {
    @Test(
        arguments: [
            (nil, LogForm.bytes), ("*/*", .bytes), ("text/event-stream", .events), ("application/x-ndjson;q=0.5", .records),
            ("image/png, text/plain", .bytes), ("text/html, TEXT/Event-Stream , */*", .events), ("", .bytes),
        ] as [(String?, LogForm)])
    func form(_ accept: String?, _ form: LogForm) {
        #expect(LogForm(accept: accept) == form)
    }

    @Test func pointsAreRead() {
        #expect(LogPoint("17") == LogPoint(attempt: nil, offset: 17))
        #expect(LogPoint("2-17") == LogPoint(attempt: 2, offset: 17))
        #expect(LogPoint(attempt: 2, offset: 17).description == "2-17")
    }

    @Test(arguments: ["", "-", "a", "1-", "-1", "0-5", "1-2-3", "+1", " 1", "99999999999999999999", "9999999-1", "٣"])
    func otherPointsAreNone(_ text: String) {
        #expect(LogPoint(text) == nil)
    }

    @Test func linesAreEvents() {
        var printer = LogPrinter(.events, log(isPinned: false))
        let index = LogIndex(unread: "/nonexistent/log")
        var buffer: [UInt8] = []
        printer.write(LogReader.Line(offset: 4, bytes: Array("a\nb\u{2028}\"".utf8)[...], isComplete: true), index, to: &buffer)
        printer.write(LogReader.Line(offset: 12, bytes: [0xFF], isComplete: false), index, to: &buffer)
        let expected = """
            id: 1-12
            data: {"line":"a\\u000ab\u{2028}\\""}

            id: 1-13
            data: {"line":"\u{FFFD}","lossy":true,"partial":true}


            """
        #expect(String(decoding: buffer, as: UTF8.self) == expected)
    }

    @Test func oneAttemptNeedsNoNumber() {
        var printer = LogPrinter(.events, log(isPinned: true))
        var buffer: [UInt8] = []
        printer.write(
            LogReader.Line(offset: 0, bytes: [], isComplete: true), LogIndex(unread: "/nonexistent/log"), to: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == "id: 1\ndata: {\"line\":\"\"}\n\n")
    }

    @Test func theEndSaysHow() {
        let printer = LogPrinter(.events, log(isPinned: false))
        var job = JobRecord.example
        (job.state, job.failure) = (.failed, .timeout)
        #expect(
            String(decoding: printer.end(job, nil), as: UTF8.self).hasPrefix(
                "event: end\ndata: {\"state\":\"failed\",\"class\":\"timeout\""))
        #expect(LogPrinter(.bytes, log(isPinned: false)).end(job, nil).isEmpty)
    }

    private func log(isPinned: Bool) -> FoundLog {
        FoundLog(target: .example, job: .example, number: 1, isPinned: isPinned)
    }
}

extension JobRecord {
    static let example = JobRecord(id: JobID(2), build: BuildID(1), identity: JobIdentity(name: "lib", architecture: .noarch, cell: [:]))
}

import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird

/// What of a log is asked for, and how it is to be sent.
struct LogRequest: Sendable {
    static let parameters = [
        Parameter.integer("tail", "Only so many of the last lines.", 0...1_000_000_000),
        Parameter("since", "Only what was printed since this time (2026-11-20T23:30:00Z), or so long ago (5m)."),
        .flag("follow", "Go on until the attempt has ended; without attempt, until the job has."),
    ]

    static let parametersOfJob =
        [Parameter.integer("attempt", "This attempt instead of the newest.", 1...1_000_000)] + parameters

    let form: LogForm
    let follows: Bool
    let part: LogPart
    /// Where to go on; nil for the beginning.
    let resume: LogPoint?

    init(form: LogForm, follows: Bool, part: LogPart, resume: LogPoint?) {
        self.form = form
        self.follows = follows
        self.part = part
        self.resume = resume
    }

    init(_ call: Call) throws(Problem) {
        form = LogForm(accept: call.request.headers[.accept])
        let flag = try call.flag("follow")
        follows = flag || form == .events
        let lines = try call.integer("tail", 0...1_000_000_000)
        part = LogPart(sinceMilliseconds: try call.time("since"), lines: lines.map(LineCount.last) ?? .all)
        resume =
            try form == .events
            ? call.request.headers[.lastEventID].map { text throws(Problem) in
                guard let point = LogPoint(text) else {
                    throw Problem(400, "bad_parameter", "Last-Event-ID \(JSONValue.string(text).text) is no place in a log")
                }
                return point
            } : nil
    }

    /// Whether the bytes as they are on the disk are wanted, all or a range of them.
    var isWhole: Bool { form == .bytes && !follows && part.sinceMilliseconds == nil && part.lines == .all }
}

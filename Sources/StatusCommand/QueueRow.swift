internal import FarmModel
internal import FarmStore
internal import ToolKit

/// A pending job as a row of the queue.
struct QueueRow: Displayable {
    static let columns = [
        Column("PLACE", .right), Column("ID"), Column("NAME", shrinks: true), Column("BUILD"), Column("WAITS FOR", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ queued: QueuedJob, now: Int64) {
        var object = queued.job.json
        object.add("position", queued.position.map { Int64($0) })
        object.add("waits_for", queued.wait.word)
        if case .needs(_, let first) = queued.wait { object.add("needs", .array(first.map(JSONValue.string))) }
        json = object
        cells = [
            Cell(queued.position.map { "\($0)" }), Cell(queued.job.id.description), Cell(queued.job.identity.description),
            Cell(queued.job.build.description), Cell(queued.wait.text(now: now), plain: queued.wait.word),
        ]
    }
}

extension QueuedJob.Wait {
    /// For programs.
    fileprivate var word: String {
        switch self {
        case .runner: "runner"
        case .needs: "needs"
        case .time: "time"
        case .resume: "resume"
        case .twin: "same_as"
        }
    }

    /// For people.
    fileprivate func text(now: Int64) -> String {
        switch self {
        case .runner: "a runner"
        case .needs(let count, let first): first.joined(separator: ", ") + (count > first.count ? " and \(count - first.count) more" : "")
        case .time(let time?) where time > now: "its time, in \(DurationText.text(milliseconds: (time - now + 999) / 1000 * 1000))"
        case .time: "its time"
        case .resume: "bf-run resume, as its build is paused"
        case .twin(let twin): "the identical job \(twin.map(\.description) ?? "")"
        }
    }
}

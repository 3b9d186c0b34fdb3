public import FarmModel
internal import HostSystem

/// A build, job, attempt or runner as a row of the one table that all of them share.
public struct StatusRow: Displayable {
    /// The shared columns.
    public static let columns = [
        Column("ID"), Column("NAME", shrinks: true), Column("STATE"), Column("TIME", .right), Column("NOTE", shrinks: true),
    ]

    /// The record.
    public let json: JSONObject
    /// The row.
    public let cells: [Cell]

    /// A build: its labels or key as its name, its counts as a note.
    public init(_ build: BuildRecord) {
        json = build.json
        let name = build.key ?? (build.labels.isEmpty ? CountText.of(build.tally.total, "job") : build.labels.joined(separator: " "))
        let time = Self.elapsed(build.startedMilliseconds, build.endedMilliseconds)
        cells = [
            Cell(build.id.description), Cell(name), Self.state(build.state.rawValue, isCancelling: build.isCancelling), time,
            Cell(Self.note(build)),
        ]
    }

    /// A job.
    /// - Parameter waits: Why it does not run, if that is so.
    public init(_ job: JobRecord, waits: WaitReason? = nil) {
        var object = job.json
        object.add("waits_for", waits?.code.rawValue)
        json = object
        let state = job.isUnchanged ? "unchanged" : job.state.rawValue
        let note = waits?.short ?? [job.failure?.rawValue, job.message].compactMap(\.self).joined(separator: ": ")
        cells = [
            Cell(job.id.description), Cell(job.identity.description), Self.state(state, isCancelling: job.isCancelling),
            Self.elapsed(job.startedMilliseconds, job.endedMilliseconds), Cell(note),
        ]
    }

    /// An attempt.
    public init(_ attempt: AttemptRecord) {
        json = attempt.json
        let failure = [attempt.failure?.rawValue, attempt.message].compactMap(\.self).joined(separator: ": ")
        let note = [attempt.backend.map { "on \($0)" }, failure.isEmpty ? nil : failure].compactMap(\.self).joined(separator: "; ")
        cells = [
            Cell(attempt.id.description), Cell("attempt \(attempt.number)"), Self.state(attempt.state.rawValue, isCancelling: false),
            Self.elapsed(attempt.claimedMilliseconds, attempt.endedMilliseconds), Cell(note),
        ]
    }

    /// A runner.
    public init(_ runner: RunnerRecord) {
        json = runner.json
        cells = [
            Cell(runner.id.description), Cell("\(runner.host), process \(runner.pid)"),
            Cell(runner.paused == nil ? runner.state : "paused"), Self.elapsed(runner.startedMilliseconds, nil),
            Cell("\(runner.running) of \(CountText.of(runner.slots, "slot")) busy"),
        ]
    }

    private static func state(_ state: String, isCancelling: Bool) -> Cell {
        if isCancelling { return Cell("cancelling", style: .yellow) }
        let style: TextStyle? =
            switch state {
            case "success", "unchanged": .green
            case "failed", "partial": .red
            case "running": .blue
            case "skipped", "cancelled": .yellow
            default: nil
            }
        return Cell(state, style: style)
    }

    private static func elapsed(_ start: Int64?, _ end: Int64?) -> Cell {
        guard let start else { return Cell(nil) }
        let milliseconds = max(0, (end ?? Clock.wallMilliseconds) - start)
        return Cell(
            DurationText.text(milliseconds: milliseconds < 60_000 ? milliseconds : milliseconds / 1000 * 1000), plain: String(milliseconds))
    }

    private static func note(_ build: BuildRecord) -> String {
        let tally = build.tally
        var parts = [
            (tally.pending, "pending"), (tally.running, "running"), (tally.failed, "failed"), (tally.skipped, "skipped"),
            (tally.cancelled, "cancelled"), (tally.unchanged, "unchanged"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        if build.tally.success > 0 || parts.isEmpty { parts.insert("\(build.tally.success)/\(build.tally.total) done", at: 0) }
        if build.paused != nil { parts.append("paused") }
        if let forecast = build.forecast { parts.append(forecast.phrase(now: Clock.wallMilliseconds)) }
        return parts.joined(separator: ", ")
    }
}

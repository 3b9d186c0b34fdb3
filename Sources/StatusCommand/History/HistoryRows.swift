internal import FarmModel
internal import ToolKit

/// An ended attempt as a row.
struct HistoryRow: Displayable {
    static let columns = [
        Column("ID"), Column("NAME", shrinks: true), Column("STATE"), Column("TIME", .right), Column("ENDED"), Column("HOST"),
        Column("OUTPUT", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ record: HistoryRecord) {
        json = record.json
        let state = record.failure.map { "\(record.state.rawValue): \($0.rawValue)" } ?? record.state.rawValue
        cells = [
            Cell(record.id.description), Cell(record.identity.description), Cell(state, style: .of(record.state)),
            .duration(record.durationMilliseconds), .time(record.endedMilliseconds), Cell(record.host),
            Cell(record.isCollected ? "collected" : record.output?.description),
        ]
    }
}

/// A complete attempt as a record; as a table it is a sheet of its own.
struct AttemptRow: Displayable {
    static let columns = [
        Column("ID"), Column("NAME", shrinks: true), Column("STATE"), Column("TIME", .right), Column("NOTE", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ complete: CompleteAttempt) {
        let attempt = complete.attempt
        json = complete.json
        cells = [
            Cell(attempt.id.description), Cell(complete.job.identity.description), Cell(attempt.state.rawValue, style: .of(attempt.state)),
            .duration(attempt.durationMilliseconds),
            Cell([attempt.failure?.rawValue, attempt.message].compactMap(\.self).joined(separator: ": ")),
        ]
    }
}

/// A difference as a row.
struct DifferenceRow: Displayable {
    static let columns = [Column("WHAT"), Column("NAME", shrinks: true), Column("OLD", shrinks: true), Column("NEW", shrinks: true)]

    let json: JSONObject
    let cells: [Cell]

    init(_ difference: AttemptDifference, from first: AttemptID, to second: AttemptID) {
        json = difference.json(from: first, to: second)
        let (old, new) = (Self.text(difference.old, difference.name), Self.text(difference.new, difference.name))
        cells = [Cell(difference.subject.rawValue), Cell(difference.name), Cell(old, style: .red), Cell(new, style: .green)]
    }

    private static func text(_ value: JSONValue?, _ name: String) -> String {
        guard let value else { return "" }
        return RecordField.readable(name, value)
    }
}

/// Statistics of a group as a row.
struct StatisticsRow: Displayable {
    static let columns = [
        Column("GROUP", shrinks: true), Column("ATTEMPTS", .right), Column("GOOD", .right), Column("MEDIAN", .right),
        Column("90 %", .right),
        Column("TOTAL", .right), Column("AN HOUR", .right), Column("SLOWEST", shrinks: true), Column("BUSIEST", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ statistics: Statistics, by grouping: StatisticsGrouping?, group: String?) {
        json = statistics.json(by: grouping, group: group)
        let usual = statistics.usual
        let slowest = statistics.slowest.map { "\($0.name) \(DurationText.text(milliseconds: $0.milliseconds))" }
        let busiest = statistics.busiest.map { busy in busy.host.map { "\(busy.runner) on \($0)" } ?? busy.runner.description }
        cells = [
            Cell(group ?? "all"), Cell(String(statistics.attempts)),
            Cell(statistics.successRate.map { "\(Self.tenths($0 * 100)) %" }, plain: statistics.successRate.map { "\($0)" }),
            .duration(usual?.median), .duration(usual?.ninetieth), .duration(statistics.totalMilliseconds),
            Cell(statistics.perHour.map(Self.tenths), plain: statistics.perHour.map { "\($0)" }), Cell(slowest), Cell(busiest),
        ]
    }

    /// One digit after the point, and none where it is 0.
    private static func tenths(_ number: Double) -> String {
        let tenths = Int64((number * 10).rounded())
        return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
    }
}

extension TextStyle? {
    /// The colour of an attempt's state.
    static func of(_ state: AttemptState) -> TextStyle? {
        switch state {
        case .success: .green
        case .failed: .red
        case .running: .blue
        case .cancelled: .yellow
        }
    }
}

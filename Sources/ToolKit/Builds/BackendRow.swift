public import FarmModel
internal import HostSystem

/// A backend as a row of a table.
public struct BackendRow: Displayable {
    /// The columns.
    public static let columns = [
        Column("ADDRESS", shrinks: true), Column("KIND"), Column("ARCH"), Column("STATE"), Column("JOBS", .right), Column("DISK", .right),
        Column("VERSION", shrinks: true), Column("NOTE", shrinks: true),
    ]

    /// The record.
    public let json: JSONObject
    /// The row.
    public let cells: [Cell]

    /// A backend.
    public init(_ report: BackendReport) {
        json = report.json
        let kind = json["backend_kind"]?.string ?? BackendRecord(address: report.address, settings: json).kind.rawValue
        let slots = json["slots"]?.int ?? 0
        cells = [
            Cell(report.address), Cell(kind), Cell(json["arch"]?.string), Self.state(report.state), Cell("\(report.running)/\(slots)"),
            Cell(Self.disk(json["figures"]?.object)), Cell(json["version"]?.string), Cell(Self.note(report)),
        ]
    }

    /// Prints backends.
    public static func print(
        _ reports: [BackendReport], _ format: FormatOptions, _ colors: ColorOptions, in context: ToolContext
    ) throws(OutputError) {
        var printer = RecordPrinter<BackendRow>(format, colors, in: context)
        try printer.print(reports.map { BackendRow($0) })
    }

    private static func state(_ word: String) -> Cell {
        let style: TextStyle? =
            switch word {
            case "online": .green
            case "offline": .red
            case "drained", "resting", "probing": .yellow
            default: nil
            }
        return Cell(word, style: style)
    }

    /// What its caches hold, and what they may hold.
    private static func disk(_ figures: JSONObject?) -> String? {
        guard let used = figures?["cache_bytes"]?.int else { return nil }
        let limit = figures?["cache_most_bytes"]?.int.map { "/" + SizeText.text(bytes: $0) } ?? ""
        return SizeText.text(bytes: used) + limit
    }

    private static func note(_ report: BackendReport) -> String? {
        if let drain = report.json["drain"]?.object {
            let who = drain["by"]?.string.map { " by \($0)" } ?? ""
            return "drained\(who)" + (drain["reason"]?.string.map { ": \($0)" } ?? "")
        }
        if let error = report.offlineError { return error }
        if report.isBreakerOpen, let error = report.json["breaker"]?["last_error"]?.string {
            let rest = report.json["breaker"]?["rest_ms"]?.int.map { ", rests \(DurationText.text(milliseconds: $0 / 1000 * 1000))" } ?? ""
            return "failed \(report.failures) times\(rest): \(error)"
        }
        return report.advice.first
    }
}

internal import FarmModel
internal import ToolKit

/// Prints what building again came to: for people a line each, with the paths that differ below it; elsewhere records.
struct RebuildReport {
    private let context: ToolContext
    private let painter: Painter
    private let isForPeople: Bool
    private var printer: RecordPrinter<RebuildRow>

    /// How many paths people see.
    private static let mostPaths = 20

    init(format: FormatOptions, colors: ColorOptions, context: ToolContext) {
        self.context = context
        painter = colors.painter(in: context)
        isForPeople = format.format(in: context) == .table
        printer = RecordPrinter(format, colors, in: context)
    }

    /// Prints a record as soon as it is there.
    mutating func add(_ record: VerificationRecord) throws(OutputError) {
        guard isForPeople else {
            try printer.add(RebuildRow(record))
            return try context.output.flush()
        }
        try context.output.write(lines(record).map { $0 + "\n" }.joined())
        try context.output.flush()
    }

    /// The end of an array, where there is one.
    mutating func finish() throws(OutputError) { if !isForPeople { try printer.finish() } }

    private func lines(_ record: VerificationRecord) -> [String] {
        let verdict = painter.paint(record.verdict.rawValue, RebuildRow.style(record.verdict))
        let time = DurationText.text(milliseconds: record.durationMilliseconds)
        let note = RebuildRow.note(record).map { "  \(VisibleText.of($0))" } ?? ""
        var lines = ["\(verdict)  \(VisibleText.of(record.name))  \(time)\(note)"]
        lines += record.differences.prefix(Self.mostPaths).map { "    " + VisibleText.of($0.text) }
        let rest = record.differenceCount - Self.mostPaths
        if rest > 0 { lines.append("    and \(rest) more; --format json lists them") }
        if record.verdict != .reproducible, let log = record.log { lines.append("    log: \(VisibleText.of(log))") }
        if let report = record.report { lines.append("    diffoscope: \(VisibleText.of(report))") }
        return lines
    }
}

/// A result as a row.
struct RebuildRow: Displayable {
    static let columns = [
        Column("JOB"), Column("NAME", shrinks: true), Column("VERDICT"), Column("TIME", .right), Column("NOTE", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ record: VerificationRecord) {
        json = record.json
        cells = [
            Cell(record.job.description), Cell(record.name), Cell(record.verdict.rawValue, style: Self.style(record.verdict)),
            Cell(DurationText.text(milliseconds: record.durationMilliseconds), plain: String(record.durationMilliseconds)),
            Cell(Self.note(record)),
        ]
    }

    static func note(_ record: VerificationRecord) -> String? {
        let parts = [record.failure?.rawValue, record.message].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ": ")
    }

    static func style(_ verdict: VerificationRecord.Verdict) -> TextStyle {
        switch verdict {
        case .reproducible, .success: .green
        case .different: .yellow
        case .failed: .red
        }
    }
}

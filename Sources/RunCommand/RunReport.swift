internal import FarmModel
internal import FarmRunner
internal import FarmStore
internal import HostSystem
internal import Synchronization
internal import ToolKit

/// Prints jobs as they end: a line each for people on a terminal, records elsewhere.
final class RunReport: Sendable {
    private let context: ToolContext
    private let isForPeople: Bool
    private let isQuiet: Bool
    private let painter: Painter
    private let failure = Mutex<OutputError?>(nil)
    private let format: OutputFormat
    private let ended = Mutex<[JobRecord]>([])

    init(format: FormatOptions, colors: ColorOptions, context: ToolContext, isQuiet: Bool) {
        self.context = context
        self.isQuiet = isQuiet
        self.format = format.format(in: context)
        isForPeople = self.format == .table
        painter = colors.painter(in: context)
    }

    var observer: RunnerObserver {
        RunnerObserver(
            jobsChanged: { [self] in show($0) },
            notice: { [self] line in if !isQuiet { context.note(line) } },
            problem: { [self] line in context.note(line) })
    }

    private func show(_ jobs: [JobRecord]) {
        do throws(OutputError) {
            if format == .json { return ended.withLock { $0 += jobs } }
            try context.output.write(jobs.map(text).joined())
            try context.output.flush()
        } catch {
            // Jobs go on although nobody reads: the end of the tool tells it.
            failure.withLock { $0 = $0 ?? error }
        }
    }

    private func text(_ job: JobRecord) -> String {
        switch format {
        case .table: line(job)
        case .ndjson, .json: JSONValue.object(job.json).text + "\n"
        case .tsv: StatusRow(job).cells.map(\.plain).joined(separator: "\t") + "\n"
        }
    }

    /// The end of the array, and what writing came to.
    func finish() throws(OutputError) {
        if format == .json {
            let records = ended.withLock { $0.map { JSONValue.object($0.json) } }
            try context.output.write(JSONValue.array(records).text + "\n")
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func line(_ job: JobRecord) -> String {
        let row = StatusRow(job)
        let cells = row.cells
        let state = painter.paint(cells[2].text, cells[2].style)
        let note = cells[4].text.isEmpty ? "" : "  \(cells[4].text)"
        let hint = job.state == .failed ? "  (bf-logs \(job.id))" : ""
        return "\(state)  \(VisibleText.of(cells[1].text))  \(cells[3].text)\(VisibleText.of(note))\(hint)\n"
    }
}

internal import FarmModel
internal import FarmStore
internal import ToolKit

/// The attempt that some output belongs to, and what is kept of it between two pieces of output.
final class LogSource {
    let job: JobRecord
    let number: Int
    /// What stands before each of its lines; empty for nothing.
    let prefix: [UInt8]
    /// What of its log a terminal may get.
    var filter: TerminalFilter
    /// What its index says of its last line.
    var place: LogPlace?
    /// Writes its lines as records.
    lazy var records = LogRecordWriter(job, attempt: number)

    init(_ log: ChosenLog, prefix: [UInt8], filter: TerminalFilter) {
        job = log.job
        number = log.number
        self.prefix = prefix
        self.filter = filter
    }

    /// The line that stands before the log where no prefixes do.
    func header(_ note: String?) -> String {
        "==> \(VisibleText.of(job.identity.description)) (\(job.id), attempt \(number))\(note.map { ", \(VisibleText.of($0))" } ?? "") <=="
    }
}

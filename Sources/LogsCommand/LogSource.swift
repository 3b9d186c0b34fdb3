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
    /// The members that all its records begin with.
    lazy var recordStart: [UInt8] = {
        var object: JSONObject = ["kind": "log", "job": .string(job.id.description), "build": .string(job.build.description)]
        object.add("name", job.identity.description)
        object.add("attempt", Int64(number))
        var writer = JSONWriter()
        writer.write(object)
        return writer.bytes.dropLast()
    }()

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

import FarmModel
import FarmStore

/// Writes a log as its client wants it.
struct LogPrinter: Sendable {
    let form: LogForm
    private var log: FoundLog
    private var records: LogRecordWriter
    private var place: LogPlace?

    private static let lineKey = Array("data: {\"line\":".utf8)
    private static let lossy = Array(",\"lossy\":true".utf8)
    private static let partial = Array(",\"partial\":true".utf8)
    private static let eventEnd = Array("}\n\n".utf8)

    init(_ form: LogForm, _ log: FoundLog) {
        self.form = form
        self.log = log
        records = LogRecordWriter(log.job, attempt: log.number)
    }

    /// Whether the index must be known.
    var needsIndex: Bool { form != .bytes }

    /// What stands before everything.
    var start: [UInt8] { form == .events ? Array("retry: 2000\n\n".utf8) : [] }

    /// What is sent when nothing has happened for a while.
    var signOfLife: [UInt8] {
        switch form {
        case .bytes: []
        case .records: [UInt8(ascii: "\n")]
        case .events: Array(": still here\n\n".utf8)
        }
    }

    /// An attempt begins.
    mutating func begin(_ log: FoundLog) -> [UInt8] {
        self.log = log
        place = nil
        records = LogRecordWriter(log.job, attempt: log.number)
        guard form == .events else { return [] }
        let object: JSONObject = [
            "build": .string(log.job.build.description), "job": .string(log.job.id.description), "attempt": .int(Int64(log.number)),
        ]
        return event("attempt", object)
    }

    /// A line, or a piece of one.
    mutating func write(_ line: LogReader.Line, _ index: LogIndex, to buffer: inout [UInt8]) {
        if form == .records { return records.append(line, index, to: &buffer) }
        if place?.holds(line.offset, index) != true { place = LogPlace(line.offset, index, asMembers: true) }
        let next = line.offset + Int64(line.bytes.count) + (line.isComplete ? 1 : 0)
        buffer += Array("id: \(LogPoint(attempt: log.isPinned ? nil : log.number, offset: next))\n".utf8)
        buffer += Self.lineKey
        let isText = LogText.append(line.bytes, to: &buffer)
        if let place { buffer += place.text }
        if !isText { buffer += Self.lossy }
        if !line.isComplete { buffer += Self.partial }
        buffer += Self.eventEnd
    }

    /// Everything has ended: how.
    func end(_ job: JobRecord, _ attempt: AttemptRecord?) -> [UInt8] {
        guard form == .events else { return [] }
        var object: JSONObject = ["state": .string(attempt?.state.rawValue ?? job.state.rawValue)]
        object.add("class", (attempt?.failure ?? (attempt == nil ? job.failure : nil))?.rawValue)
        object.add("message", attempt == nil ? job.message : attempt?.message)
        return event("end", object)
    }

    private func event(_ name: String, _ object: JSONObject) -> [UInt8] {
        Array("event: \(name)\ndata: \(JSONValue.object(object).text)\n\n".utf8)
    }
}

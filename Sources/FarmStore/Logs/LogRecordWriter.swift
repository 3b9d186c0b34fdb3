public import FarmModel

/// Writes lines of one attempt's log as the `log` records of bf-records(5).
public struct LogRecordWriter: Sendable {
    private let start: [UInt8]
    private var place: LogPlace?

    private static let offsetKey = Array(",\"offset\":".utf8)
    private static let textKey = Array(",\"text\":".utf8)
    private static let lossy = Array(",\"lossy\":true".utf8)
    private static let partial = Array(",\"partial\":true".utf8)
    private static let end = Array("}\n".utf8)

    /// For an attempt of a job.
    public init(_ job: JobRecord, attempt number: Int) {
        var object: JSONObject = ["kind": "log", "job": .string(job.id.description), "build": .string(job.build.description)]
        object.add("name", job.identity.description)
        object.add("attempt", Int64(number))
        var writer = JSONWriter()
        writer.write(object)
        start = writer.bytes.dropLast()
    }

    /// Appends the record of a line, or of a piece of one, with its line end. The index must know all marks before it.
    public mutating func append(_ line: LogReader.Line, _ index: LogIndex, to buffer: inout [UInt8]) {
        if place?.holds(line.offset, index) != true { place = LogPlace(line.offset, index, asMembers: true) }
        buffer += start
        if let place { buffer += place.text }
        buffer += Self.offsetKey
        LogText.append(line.offset, to: &buffer)
        buffer += Self.textKey
        let isText = LogText.append(line.bytes, to: &buffer)
        if !isText { buffer += Self.lossy }
        if !line.isComplete { buffer += Self.partial }
        buffer += Self.end
    }
}

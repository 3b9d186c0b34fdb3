internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Prints logs: as they are, or with something before each line, or as records.
final class LogOutput {
    /// How.
    enum Form: Equatable {
        case text
        /// With the job's name or the time before each line.
        case lines
        case json
    }

    let form: Form
    private let context: ToolContext
    private let hasHeaders: Bool
    private let hasTimes: Bool
    private let filters: Bool
    private let labels: LogLabels?
    private var buffer: [UInt8] = []
    /// Who wrote last.
    private var writer: LogSource?
    /// Whether what stands last is a line without its end.
    private var isWithinLine = false

    private static let capacity = 64 << 10
    private static let lineEnd = UInt8(ascii: "\n")

    /// - Parameters:
    ///   - labels: What stands before each line; nil for nothing.
    ///   - hasHeaders: Whether a line stands before each log.
    ///   - hasTimes: Whether each line has its time.
    ///   - filters: Whether only what cannot steer a terminal passes.
    init(_ context: ToolContext, json: Bool, labels: LogLabels?, hasHeaders: Bool, hasTimes: Bool, filters: Bool) {
        self.context = context
        form = json ? .json : labels != nil || hasTimes ? .lines : .text
        self.labels = labels
        self.hasHeaders = hasHeaders
        self.hasTimes = hasTimes
        self.filters = filters
    }

    /// Whether lines need to know their time or phase.
    var needsIndex: Bool { form == .json || hasTimes }

    /// Whether a line may be printed before it is complete.
    var printsUnfinishedLines: Bool { form != .json }

    /// The source of an attempt's log.
    func source(of log: ChosenLog) -> LogSource {
        LogSource(log, prefix: labels?.prefix(of: log) ?? [], filter: TerminalFilter(isOn: filters))
    }

    /// Says whose output follows.
    /// - Parameters:
    ///   - note: What else is to be said of it.
    ///   - isNew: Whether it is a further attempt of a job that has printed already.
    func begin(_ source: LogSource, note: String?, isNew: Bool) throws(OutputError) {
        guard form != .json, source !== writer, hasHeaders || isNew else { return }
        endLine()
        let header = labels == nil || hasHeaders ? source.header(note) : "==> attempt \(source.number) <=="
        buffer += source.prefix
        buffer += Array(header.utf8) + [Self.lineEnd]
        writer = source
    }

    /// Prints bytes as they are.
    func write(_ bytes: ArraySlice<UInt8>, of source: LogSource) throws(OutputError) {
        let passed = source.filter.pass(bytes)
        guard let last = passed.last else { return }
        writer = source
        isWithinLine = last != Self.lineEnd
        if passed.count < Self.capacity {
            buffer += passed
        } else {
            try flushBuffer()
            try context.output.write(passed)
        }
        try flushIfFull()
    }

    /// Prints a line, or a piece of one.
    func write(_ line: LogReader.Line, of source: LogSource, _ index: LogIndex) throws(OutputError) {
        if form == .json {
            source.records.append(line, index, to: &buffer)
        } else {
            if hasTimes, source.place?.holds(line.offset, index) != true {
                source.place = LogPlace(line.offset, index, asMembers: false)
            }
            appendText(line, source)
        }
        try flushIfFull()
    }

    private func appendText(_ line: LogReader.Line, _ source: LogSource) {
        if writer !== source {
            endLine()
            source.filter.beginLine()
        }
        writer = source
        guard filters else { return appendPassed(line.bytes, isComplete: line.isComplete) }
        var rest = source.filter.pass(line.isComplete ? line.bytes + [Self.lineEnd] : line.bytes)
        while !rest.isEmpty {
            let end = rest.firstIndex(of: Self.lineEnd)
            appendPassed(rest[..<(end ?? rest.endIndex)], isComplete: end != nil)
            rest = end.map { rest[($0 + 1)...] } ?? []
        }
    }

    private func appendPassed(_ bytes: ArraySlice<UInt8>, isComplete: Bool) {
        if !isWithinLine {
            if let writer { buffer += writer.prefix }
            if let place = writer?.place { buffer += place.text }
        }
        buffer += bytes
        isWithinLine = true
        if isComplete { endLine() }
    }

    /// Ends the line that stands last; the colours of one log must not run into the next.
    private func endLine() {
        guard isWithinLine else { return }
        if filters, form == .lines, writer?.filter.isColoured ?? false { buffer += TerminalFilter.reset }
        buffer.append(Self.lineEnd)
        isWithinLine = false
    }

    private func flushIfFull() throws(OutputError) { if buffer.count >= Self.capacity { try flushBuffer() } }

    private func flushBuffer() throws(OutputError) {
        try context.output.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes out what is gathered.
    func flush() throws(OutputError) {
        try flushBuffer()
        try context.output.flush()
    }

    /// Leaves a terminal without colours.
    func finish() throws(OutputError) {
        if writer?.filter.isColoured ?? false { buffer += TerminalFilter.reset }
        try flush()
    }
}

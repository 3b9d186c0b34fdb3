import FarmModel
import FarmStore

/// A log as one client reads it: what is there, then what comes, attempt after attempt, until the end. It blocks only for the disk.
struct LogTail: Sendable {
    enum Step: Sendable {
        case bytes([UInt8])
        /// There is nothing now.
        case nothing
        /// Nothing more comes.
        case end([UInt8])
    }

    private struct Open {
        var reader: LogReader
        var index: LogIndex
        var isPlaced = false
        /// Where to stop; nil to go on as the log grows.
        var end: Int64?
    }

    let store: Store
    private var log: FoundLog
    private var part: LogPart
    private let follows: Bool
    private(set) var printer: LogPrinter
    private var open: Open?
    private var start: Int64?
    private var hasPrinted = false

    private static let pieceSize = 128 << 10

    init(_ log: FoundLog, _ request: LogRequest, in store: Store) {
        self.store = store
        self.log = log
        part = request.part
        follows = request.follows
        if let point = request.resume {
            if !log.isPinned { self.log.number = point.attempt ?? log.number }
            start = point.offset
        }
        printer = LogPrinter(request.form, self.log)
    }

    /// - Parameters:
    ///   - isChanged: Whether the job may have changed since the last step.
    ///   - listener: What is to be watched.
    mutating func step(isChanged: Bool, _ listener: LogListener) throws(FarmError) -> Step {
        // Asked before the log is read: what was printed before the end is there by then.
        if isChanged { try refresh(listener) }
        while true {
            let bytes = try printed()
            if !bytes.isEmpty { return .bytes(bytes) }
            if log.hasEnded, !log.isPinned, log.job.attempts > log.number, follows {
                moveOn(to: log.number + 1)
            } else if log.isDone || !follows {
                return .end(printer.end(log.target, log.isPinned ? try log.attempt(in: store) : nil))
            } else if listener.watch(log.job) {
                try refresh(listener)
            } else {
                return .nothing
            }
        }
    }

    private mutating func refresh(_ listener: LogListener) throws(FarmError) {
        // Before they are read, so that nothing falls between.
        listener.listen(to: [log.target, log.job])
        log.target = try store.job(log.target.id)
        let job = try store.jobWithLog(of: log.target)
        let isOther = job.id != log.job.id
        log.job = job
        guard isOther else { return }
        if !log.isPinned { moveOn(to: max(1, job.attempts)) }
        listener.listen(to: [log.target, log.job])
        log.job = try store.job(job.id)
    }

    private mutating func moveOn(to number: Int) {
        log.number = number
        open = nil
        hasPrinted = false
        start = nil
        part = part.ofLaterAttempt
    }

    private mutating func printed() throws(FarmError) -> [UInt8] {
        guard log.hasBegun, try isOpen() else { return [] }
        var buffer: [UInt8] = []
        if !hasPrinted {
            hasPrinted = true
            buffer = printer.begin(log)
        }
        try print(to: &buffer)
        return buffer
    }

    private mutating func isOpen() throws(FarmError) -> Bool {
        if open == nil, let reader = try store.log(log.name) { open = Open(reader: reader, index: store.logIndex(log.name)) }
        return open != nil
    }

    private mutating func print(to buffer: inout [UInt8]) throws(FarmError) {
        guard var log = open.take() else { return }
        defer { open = log }
        let size = if let end = log.end { end } else { try log.reader.size() }
        if !follows { log.end = size }
        if printer.needsIndex || part.needsIndex { try log.index.update() }
        if !log.isPlaced {
            log.isPlaced = true
            let place = if let start { min(start, size) } else { try part.start(in: &log.reader, log.index, size: size) }
            log.reader.move(to: place)
        }
        if printer.form == .bytes {
            buffer += try log.reader.next(atMost: Int(min(Int64(Self.pieceSize), max(0, size - log.reader.position))))
            return
        }
        let isLast = self.log.hasEnded || !follows
        while buffer.count < Self.pieceSize, let line = try log.reader.nextLine(unfinished: isLast, before: size) {
            printer.write(line, log.index, to: &buffer)
        }
    }
}

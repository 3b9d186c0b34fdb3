internal import FarmModel
internal import FarmStore
internal import HostSystem

/// The log of one attempt, printed as far as it is there.
struct LogStream {
    let log: ChosenLog
    private let source: LogSource
    private let part: LogPart
    private let isNew: Bool
    private let store: any Farm
    private var open: OpenLog?

    /// - Parameter isNew: Whether the job's attempt before was printed too.
    init(_ log: ChosenLog, _ part: LogPart, in store: any Farm, to output: LogOutput, isNew: Bool = false) {
        self.log = log
        self.part = part
        self.store = store
        self.isNew = isNew
        source = output.source(of: log)
    }

    private var name: LogName { LogName(log.job.build, log.job.id, attempt: log.number) }

    /// Whether the log is there.
    var isOpen: Bool { open != nil }

    /// The phases that the index knows so far; nil if the index was not read.
    var phaseNames: [String]? { open?.index.phases.map(\.name) }

    /// Since when a part of a line is held back, in `Clock.boottimeMilliseconds`.
    var heldSince: Int64? { open?.heldSince }

    /// Prints what is there and was not printed yet.
    /// - Parameters:
    ///   - hasEnded: Whether the attempt had ended when this was called, so that nothing more is to come.
    ///   - note: What the header says besides the attempt.
    mutating func print(to output: LogOutput, hasEnded: Bool, note: String? = nil) throws {
        if open == nil, let reader = try store.log(name) {
            open = OpenLog(reader, store.logIndex(name))
            try output.begin(source, note: note, isNew: isNew)
        }
        let (part, source) = (part, source)
        try open?.print(part, of: source, to: output, hasEnded: hasEnded)
    }
}

/// A log that is there.
private struct OpenLog {
    private var reader: LogReader
    private(set) var index: LogIndex
    private(set) var heldSince: Int64?
    private var isPlaced = false

    /// A part of a line is shown after this time, so that what a program asks or counts is seen at once.
    private static let patience: Int64 = 50
    private static let chunkSize = 256 << 10

    init(_ reader: LogReader, _ index: LogIndex) {
        self.reader = reader
        self.index = index
    }

    mutating func print(_ part: LogPart, of source: LogSource, to output: LogOutput, hasEnded: Bool) throws {
        let size = try reader.size()
        if part.needsIndex || output.needsIndex { try index.update() }
        if !isPlaced {
            reader.move(to: try part.start(in: &reader, index, size: size))
            isPlaced = true
        }
        let isOld = heldSince.map { Clock.boottimeMilliseconds - $0 >= Self.patience } ?? false
        var isHolding = false
        for piece in part.pieces(in: index, from: reader.position, to: size) {
            reader.move(to: piece.range.lowerBound)
            if output.form == .text {
                try copy(piece, source, output)
            } else {
                try printLines(of: piece, source, output, unfinished: hasEnded || piece.isClosed || isOld)
            }
            isHolding = reader.position < piece.range.upperBound
        }
        heldSince = isHolding && output.printsUnfinishedLines ? heldSince ?? Clock.boottimeMilliseconds : nil
    }

    private mutating func copy(_ piece: LogPart.Piece, _ source: LogSource, _ output: LogOutput) throws {
        while reader.position < piece.range.upperBound {
            let bytes = try reader.next(atMost: Int(min(Int64(Self.chunkSize), piece.range.upperBound - reader.position)))
            if bytes.isEmpty { return }
            try output.write(bytes, of: source)
        }
    }

    private mutating func printLines(of piece: LogPart.Piece, _ source: LogSource, _ output: LogOutput, unfinished: Bool) throws {
        while let line = try reader.nextLine(unfinished: unfinished, before: piece.range.upperBound) {
            try output.write(line, of: source, index)
        }
    }
}

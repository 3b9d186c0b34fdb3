public import FarmModel

/// Which bytes of a log are to be printed.
public struct LogPart: Sendable {
    /// Of which phases.
    public enum Phases: Sendable, Equatable {
        /// All of them, and what stands between them.
        case all
        /// Those of this name.
        case named(String)
        /// The one in which an attempt failed that ended like this; all where the index knows of none.
        case failed(FailureClass?, message: String?)
    }

    /// A piece of the log.
    public struct Piece: Sendable, Equatable {
        /// Its bytes.
        public var range: Range<Int64>
        /// Whether nothing more is to come at its end.
        public var isClosed: Bool

        /// Names a piece.
        public init(range: Range<Int64>, isClosed: Bool) {
            self.range = range
            self.isClosed = isClosed
        }
    }

    /// Only those of these phases.
    public var phases: Phases
    /// Only what was printed from this time on, in milliseconds since 1970.
    public var sinceMilliseconds: Int64?
    /// Only the last lines of the rest.
    public var lines: LineCount

    /// By default all bytes.
    public init(phases: Phases = .all, sinceMilliseconds: Int64? = nil, lines: LineCount = .all) {
        self.phases = phases
        self.sinceMilliseconds = sinceMilliseconds
        self.lines = lines
    }

    /// Whether the log's index is needed to find them.
    public var needsIndex: Bool { phases != .all || sinceMilliseconds != nil }

    /// The same part of a log of which nothing was left out.
    public var ofLaterAttempt: LogPart { LogPart(phases: phases) }

    /// The pieces of the wanted phases between a position and the size that the log had when the index was read.
    public func pieces(in index: LogIndex, from position: Int64, to size: Int64) -> [Piece] {
        chosenPhases(index).compactMap { start, end in
            let (lower, upper) = (max(start, position), min(end ?? size, size))
            return lower < upper ? Piece(range: lower..<upper, isClosed: end != nil) : nil
        }
    }

    private func chosenPhases(_ index: LogIndex) -> [(start: Int64, end: Int64?)] {
        switch phases {
        case .all: return [(0, nil)]
        case .named(let name): return index.phases.filter { $0.name == name }.map { ($0.start, $0.end) }
        case .failed(let failure, let message):
            return index.failedPhase(failure, message: message).map { [($0.start, $0.end)] } ?? [(0, nil)]
        }
    }

    /// Where to begin in a log of a certain size.
    public func start(in reader: inout LogReader, _ index: LogIndex, size: Int64) throws(FarmError) -> Int64 {
        var start: Int64 = 0
        if let sinceMilliseconds { start = try lineStart(index.offset(sinceWallMilliseconds: sinceMilliseconds) ?? size, in: &reader) }
        guard case .last(var count) = lines else { return start }
        var position = size
        for piece in pieces(in: index, from: start, to: size).reversed() where count > 0 {
            (position, count) = try reader.start(ofLast: count, in: piece.range)
        }
        return position
    }

    /// Times are those of writes, which may end within a line: it is printed whole.
    private func lineStart(_ offset: Int64, in reader: inout LogReader) throws(FarmError) -> Int64 {
        guard offset > 0, try reader.bytes(from: offset - 1, atMost: 1).first != UInt8(ascii: "\n") else { return offset }
        return try reader.start(ofLast: 1, in: 0..<offset).offset
    }
}

/// How many of the last lines are wanted.
public enum LineCount: Sendable, Equatable {
    /// Every line.
    case all
    /// So many, or fewer if there are not so many.
    case last(Int)
}

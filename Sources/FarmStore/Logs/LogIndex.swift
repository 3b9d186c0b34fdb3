public import FarmModel

/// A phase as a log's index knows it.
public struct LogPhase: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Where its output begins in the log.
    public var start: Int64
    /// Where it ends; nil while the phase runs, or when its runner died.
    public var end: Int64?
    /// When it began, in milliseconds since the attempt's start.
    public var startMilliseconds: Int64
    /// When it ended.
    public var endMilliseconds: Int64?
    /// `success`, a failure class or `stopped`.
    public var result: String?
}

/// Times and phases of a log. What of an index is torn or missing is unknown, and nothing else suffers.
public struct LogIndex: Sendable {
    /// Bytes come at most this long after the mark that stands before them.
    static let markInterval: Int64 = 100

    /// The wall time of the attempt's start, in milliseconds since 1970.
    public private(set) var startWallMilliseconds: Int64?
    /// The phases in the order they ran.
    public private(set) var phases: [LogPhase] = []
    /// Ascending in both members.
    private var times: [(offset: Int64, milliseconds: Int64)] = []
    private let open: @Sendable () throws(FarmError) -> LogReader?
    private var reader: LogReader?

    /// Prepares to read the index at a path; it is empty until ``update()``.
    public init(unread path: String) { self.init(opening: { () throws(FarmError) in try LogReader(path: path) }) }

    /// Prepares to read an index that lies elsewhere.
    /// - Parameter open: Opens its text; nil while there is none.
    public init(opening open: @escaping @Sendable () throws(FarmError) -> LogReader?) { self.open = open }

    /// Reads the index at a path; an empty one where there is none.
    /// - Throws: `inputOutput` or `noPermission` when it exists and cannot be read.
    public init(path: String) throws(FarmError) {
        self.init(unread: path)
        try update()
    }

    /// Takes in what the index has now. To be called after the size of the log was asked: then it knows all bytes up to there.
    /// - Throws: `inputOutput` or `noPermission` when it exists and cannot be read.
    public mutating func update() throws(FarmError) {
        if reader == nil { reader = try open() }
        // A mark without its line end is torn, or still being written.
        while let line = try reader?.nextLine(unfinished: false) {
            if let mark = LogMark(parsing: line.bytes) { take(mark) }
        }
    }

    private mutating func take(_ mark: LogMark) {
        if let last = times.last, mark.offset < last.offset || mark.milliseconds < last.milliseconds { return }
        switch mark.kind {
        case .head(let wall): startWallMilliseconds = startWallMilliseconds ?? wall
        case .time: break
        case .phaseStart(let name):
            phases.append(LogPhase(name: name, start: mark.offset, startMilliseconds: mark.milliseconds))
        case .phaseEnd(let name, let result):
            guard let open = phases.lastIndex(where: { $0.name == name && $0.end == nil }) else { break }
            phases[open].end = mark.offset
            phases[open].endMilliseconds = mark.milliseconds
            phases[open].result = result
        }
        times.append((mark.offset, mark.milliseconds))
    }

    /// When the byte at `offset` was written, in milliseconds since the attempt's start; nil where the index does not say.
    public func milliseconds(at offset: Int64) -> Int64? {
        let next = firstTime { $0.offset > offset }
        return next == 0 ? nil : times[next - 1].milliseconds
    }

    /// When the byte at `offset` was written, in milliseconds since 1970.
    public func wallMilliseconds(at offset: Int64) -> Int64? {
        guard let startWallMilliseconds, let milliseconds = milliseconds(at: offset) else { return nil }
        return startWallMilliseconds + milliseconds
    }

    /// How many marks are known; with more of them, more may be known of bytes after the last.
    public var markCount: Int { times.count }

    /// Up to where bytes from `offset` on have the same time and phase, by the marks known now.
    public func end(ofPlaceAt offset: Int64) -> Int64 {
        let next = firstTime { $0.offset > offset }
        return next < times.count ? times[next].offset : .max
    }

    /// Where the bytes begin that may have been written at a time, in milliseconds since 1970, or later; nil if there are none yet, and 0 where
    /// the index does not say.
    public func offset(sinceWallMilliseconds time: Int64) -> Int64? {
        guard let startWallMilliseconds else { return 0 }
        let first = firstTime { $0.milliseconds + Self.markInterval > time - startWallMilliseconds }
        return first < times.count ? times[first].offset : nil
    }

    /// The first of the times, which are in order, for which a condition holds that then holds for all later ones too.
    private func firstTime(where condition: ((offset: Int64, milliseconds: Int64)) -> Bool) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(times[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The phase that wrote the byte at `offset`.
    public func phase(at offset: Int64) -> LogPhase? {
        phases.last { $0.start <= offset && offset < $0.end ?? .max }
    }

    /// The phase in which an attempt failed; nil where none did.
    /// - Parameters:
    ///   - failure: The attempt's class.
    ///   - message: The attempt's message, which names the phase: one that may fail, or cleans up, can have failed the same way.
    public func failedPhase(_ failure: FailureClass?, message: String?) -> LogPhase? {
        let failed = phases.filter { $0.result != nil && $0.result == failure?.rawValue }
        let named = failed.first { phase in
            message.map { "\($0) ".contains("phase \(phase.name) ") || $0.contains("phase \(phase.name))") } ?? false
        }
        return named ?? failed.first ?? phases.last { $0.end == nil }
    }
}

internal import FarmModel
public import HostSystem

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
    /// The most that is read of an index file.
    private static let largestFile = 64 << 20

    /// The wall time of the attempt's start, in milliseconds since 1970.
    public private(set) var startWallMilliseconds: Int64?
    /// The phases in the order they ran.
    public private(set) var phases: [LogPhase] = []
    /// Ascending in both members.
    private var times: [(offset: Int64, milliseconds: Int64)] = []

    /// Reads the index at a path; an empty one where there is none.
    /// - Throws: `SystemError` when it exists and cannot be read.
    public init(path: String) throws(SystemError) {
        let text: [UInt8]
        do {
            text = try Files.open(path).read(atMost: Self.largestFile, at: 0)
        } catch  where error.isMissing {
            text = []
        }
        self.init(parsing: text)
    }

    /// Parses an index; lines that make no sense are passed over.
    init(parsing text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            guard let mark = LogMark(parsing: String(decoding: line, as: UTF8.self)[...]) else { continue }
            take(mark)
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
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : times[low - 1].milliseconds
    }

    /// The phase that wrote the byte at `offset`.
    public func phase(at offset: Int64) -> LogPhase? {
        phases.last { $0.start <= offset && offset < $0.end ?? .max }
    }
}

internal import FarmModel

/// One line of a log's index: what was known when the log had a certain size.
///
/// The index is text beside the log, appended to as the log grows; each line is `KIND OFFSET MILLISECONDS [REST]`:
///
///     h 0 0 1 1700000000000       head: version and wall time of the attempt's start, milliseconds since 1970
///     t 65536 130                 the bytes from here on came at this time
///     s 0 2 compile               a phase starts
///     e 65600 140 success compile a phase ends
struct LogMark: Equatable {
    enum Kind: Equatable {
        case head(wallMilliseconds: Int64)
        case time
        case phaseStart(String)
        case phaseEnd(String, result: String)
    }

    /// The version of the format.
    static let version = "1"

    var kind: Kind
    /// The size of the log at that time.
    var offset: Int64
    /// Milliseconds since the attempt's start, by the boot clock.
    var milliseconds: Int64

    /// The line with its end.
    var line: String {
        switch kind {
        case .head(let wall): "h \(offset) \(milliseconds) \(Self.version) \(wall)\n"
        case .time: "t \(offset) \(milliseconds)\n"
        case .phaseStart(let name): "s \(offset) \(milliseconds) \(Self.oneLine(name))\n"
        case .phaseEnd(let name, let result): "e \(offset) \(milliseconds) \(Self.oneLine(result)) \(Self.oneLine(name))\n"
        }
    }

    init(_ kind: Kind, offset: Int64, milliseconds: Int64) {
        self.kind = kind
        self.offset = offset
        self.milliseconds = milliseconds
    }

    /// Parses a line without its end; nil for one that is not understood.
    init?(parsing line: ArraySlice<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count >= 3, fields[0].count == 1, let letter = fields[0].first, let offset = Self.number(fields[1]),
            let milliseconds = Self.number(fields[2])
        else { return nil }
        let rest = fields.count == 4 ? String(decoding: fields[3], as: UTF8.self) : ""
        guard let kind = Self.kind(letter, rest) else { return nil }
        self.init(kind, offset: offset, milliseconds: milliseconds)
    }

    private static func kind(_ letter: UInt8, _ rest: String) -> Kind? {
        if letter == UInt8(ascii: "t") { return .time }
        let words = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        switch letter {
        case UInt8(ascii: "h"): return words.count == 2 && words[0] == version ? head(words[1]) : nil
        case UInt8(ascii: "s"): return rest.isEmpty ? nil : .phaseStart(rest)
        case UInt8(ascii: "e"): return words.count == 2 ? .phaseEnd(String(words[1]), result: String(words[0])) : nil
        default: return nil
        }
    }

    private static func head(_ time: Substring) -> Kind? {
        guard let wall = Int64(time), Timestamp.range.contains(wall) else { return nil }
        return .head(wallMilliseconds: wall)
    }

    /// Logs have up to a million marks: no detour through text.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var number: Int64 = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - 48)
        }
        return number
    }

    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
    }
}

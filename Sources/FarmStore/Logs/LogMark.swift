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

    /// Parses a line without its end; nil for one that is torn or not understood.
    init?(parsing line: Substring) {
        let fields = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count >= 3, let offset = Int64(fields[1]), let milliseconds = Int64(fields[2]), offset >= 0 else { return nil }
        let rest = fields.count == 4 ? fields[3] : ""
        guard let kind = Self.kind(fields[0], rest) else { return nil }
        self.init(kind, offset: offset, milliseconds: milliseconds)
    }

    private static func kind(_ letter: Substring, _ rest: Substring) -> Kind? {
        let words = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        switch letter {
        case "h": return words.count == 2 && words[0] == version ? Int64(words[1]).map { .head(wallMilliseconds: $0) } : nil
        case "t": return .time
        case "s": return rest.isEmpty ? nil : .phaseStart(String(rest))
        case "e": return words.count == 2 ? .phaseEnd(String(words[1]), result: String(words[0])) : nil
        default: return nil
        }
    }

    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
    }
}

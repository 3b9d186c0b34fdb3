internal import HostSystem

/// Some lines at the end of a terminal that are drawn again and again in place, by the control sequences of ECMA-48.
public struct TerminalPicture {
    private let context: ToolContext
    private var shown: [String] = []
    /// What clears lines that the terminal has wrapped anew since they were drawn.
    private var clearing = ""
    private var size: (columns: Int, rows: Int)

    /// Draws on standard output.
    public init(in context: ToolContext) {
        self.context = context
        size = Self.size(in: context)
    }

    /// The columns and lines that a picture may have now; one less than there are, for some terminals break a full line.
    public mutating func room() -> (columns: Int, lines: Int) {
        let now = Self.size(in: context)
        if now != size, !shown.isEmpty {
            let rows = shown.reduce(0) { $0 + max(1, (Self.width(of: $1) + now.columns - 1) / now.columns) }
            clearing = "\u{1B}[\(min(rows, now.rows - 1))F\u{1B}[J"
            shown = []
        }
        size = now
        return (max(20, now.columns - 1), max(2, now.rows - 1))
    }

    /// Shows lines in the place of those before. Lines that did not change are left alone.
    public mutating func draw(_ lines: [String]) throws(OutputError) {
        guard lines != shown else { return }
        var text = shown.isEmpty ? clearing : "\u{1B}[\(shown.count)F"
        clearing = ""
        for (index, line) in lines.enumerated() {
            let isSame = index < shown.count && shown[index] == line
            text += isSame ? "\n" : line + "\u{1B}[K\n"
        }
        if lines.count < shown.count { text += "\u{1B}[J" }
        try context.output.write(text)
        try context.output.flush()
        shown = lines
    }

    /// The columns of a line without its colour sequences.
    private static func width(of line: String) -> Int {
        let pieces = line.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
        return pieces.enumerated().reduce(0) { sum, piece in
            let text = piece.offset == 0 ? piece.element : piece.element.drop { $0 != "m" }.dropFirst()
            return sum + DisplayWidth.of(String(text))
        }
    }

    private static func size(in context: ToolContext) -> (columns: Int, rows: Int) {
        (context.width(of: context.output.descriptor), Terminal.size(of: context.output.descriptor)?.rows ?? 24)
    }
}

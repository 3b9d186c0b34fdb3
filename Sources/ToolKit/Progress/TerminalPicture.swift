internal import HostSystem

/// Some lines at the end of a terminal that are drawn again and again in place, by the control sequences of ECMA-48.
public struct TerminalPicture {
    private let context: ToolContext
    private var shown: [String] = []
    private var size: (columns: Int, rows: Int)

    /// Draws on standard output.
    public init(in context: ToolContext) {
        self.context = context
        size = Self.size(in: context)
    }

    /// The columns and lines that a picture may have now; one less than there are, for some terminals break a full line.
    public mutating func room() -> (columns: Int, lines: Int) {
        let now = Self.size(in: context)
        // What was drawn for another width may be wrapped by now, so its place is not known any more.
        if now != size { shown = [] }
        size = now
        return (max(20, now.columns - 1), max(2, now.rows - 1))
    }

    /// Shows lines in the place of those before. Lines that did not change are left alone.
    public mutating func draw(_ lines: [String]) throws(OutputError) {
        guard lines != shown else { return }
        var text = shown.isEmpty ? "" : "\u{1B}[\(shown.count)F"
        for (index, line) in lines.enumerated() {
            let isSame = index < shown.count && shown[index] == line
            text += isSame ? "\n" : line + "\u{1B}[K\n"
        }
        if lines.count < shown.count { text += "\u{1B}[J" }
        try context.output.write(text)
        try context.output.flush()
        shown = lines
    }

    private static func size(in context: ToolContext) -> (columns: Int, rows: Int) {
        (context.width(of: context.output.descriptor), Terminal.size(of: context.output.descriptor)?.rows ?? 24)
    }
}

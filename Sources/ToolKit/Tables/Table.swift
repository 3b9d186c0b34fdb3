/// Aligned columns for people.
public struct Table: Sendable {
    /// How a table looks where it is shown.
    public struct Look: Sendable {
        /// The columns of the terminal; nil does not cut anything.
        public var width: Int?
        /// Whether text may go beyond ASCII.
        public var usesUnicode: Bool
        /// Colours the cells.
        public var painter: Painter

        /// Creates a look.
        public init(width: Int? = nil, usesUnicode: Bool = true, painter: Painter = Painter(isOn: false)) {
            self.width = width
            self.usesUnicode = usesUnicode
            self.painter = painter
        }
    }

    private static let gap = 2
    /// A shrinking column never gets narrower than this.
    private static let narrowest = 8

    private let columns: [Column]
    private let look: Look
    private var rows: [[Cell]] = []
    private var widths: [Int]

    /// Creates a table without rows.
    public init(_ columns: [Column], look: Look = Look()) {
        self.columns = columns
        self.look = look
        widths = columns.map { DisplayWidth.of($0.header) }
    }

    /// Adds a row: one cell for each column, control characters made visible.
    public mutating func add(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "one cell for each column")
        let row = cells.map { cell in
            var shown = cell
            shown.text = VisibleText.of(cell.text, asciiOnly: !look.usesUnicode)
            return shown
        }
        for (index, cell) in row.enumerated() { widths[index] = max(widths[index], DisplayWidth.of(cell.text)) }
        rows.append(row)
    }

    /// The header and the rows, each line ended; empty without rows.
    public var text: String {
        guard !rows.isEmpty else { return "" }
        let widths = fittingWidths
        let header = columns.map { Cell($0.header, style: .bold) }
        return ([header] + rows).map { line($0, widths) }.joined()
    }

    /// The widths after the columns that shrink have given way, the widest first.
    private var fittingWidths: [Int] {
        guard let limit = look.width else { return widths }
        var fitting = widths
        var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - limit
        while excess > 0 {
            let candidates = fitting.indices.filter { columns[$0].shrinks && fitting[$0] > Self.narrowest }
            guard let widest = candidates.max(by: { fitting[$0] < fitting[$1] }) else { break }
            fitting[widest] -= 1
            excess -= 1
        }
        return fitting
    }

    private func line(_ cells: [Cell], _ widths: [Int]) -> String {
        var line = ""
        // Spaces are written only before the next text, so that no line ends in them.
        var spaces = 0
        for (index, cell) in cells.enumerated() {
            let text = cut(cell.text, to: widths[index])
            let padding = widths[index] - DisplayWidth.of(text)
            let isRight = columns[index].alignment == .right
            if !text.isEmpty {
                line += String(repeating: " ", count: spaces + (isRight ? padding : 0)) + look.painter.paint(text, cell.style)
                spaces = isRight ? 0 : padding
            } else {
                spaces += padding
            }
            spaces += Self.gap
        }
        return line + "\n"
    }

    private func cut(_ text: String, to width: Int) -> String {
        TextCut.of(text, columns: width, usesUnicode: look.usesUnicode)
    }
}

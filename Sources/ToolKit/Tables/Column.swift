/// How the cells of a column are written.
public struct Column: Sendable, Hashable {
    /// At which side the cells stand.
    public enum Alignment: Sendable {
        /// Text.
        case left
        /// Numbers.
        case right
    }

    /// The heading.
    public var header: String
    /// Where the cells stand.
    public var alignment: Alignment
    /// Whether its cells are cut where the table is wider than the terminal.
    public var shrinks: Bool

    /// Creates a column.
    public init(_ header: String, _ alignment: Alignment = .left, shrinks: Bool = false) {
        self.header = header
        self.alignment = alignment
        self.shrinks = shrinks
    }
}

/// One value of a table.
public struct Cell: Sendable, Hashable, ExpressibleByStringLiteral {
    /// For people.
    public var text: String
    /// For programs, where that differs: a number instead of "3m ago".
    public var plain: String
    /// Its colour.
    public var style: TextStyle?

    /// Creates a cell.
    ///
    /// - Parameters:
    ///   - text: For people; nil leaves the cell empty.
    ///   - plain: For TSV; by default the text.
    public init(_ text: String?, plain: String? = nil, style: TextStyle? = nil) {
        self.text = text ?? ""
        self.plain = plain ?? text ?? ""
        self.style = style
    }

    /// A cell without a colour.
    public init(stringLiteral value: String) { self.init(value) }
}

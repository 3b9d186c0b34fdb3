internal import FarmModel

extension Cell {
    /// A span of time; milliseconds for programs.
    public static func duration(_ milliseconds: Int64?) -> Cell {
        Cell(milliseconds.map { DurationText.text(milliseconds: $0) }, plain: milliseconds.map { "\($0)" })
    }

    /// A point in time, to the second for people.
    public static func time(_ milliseconds: Int64?) -> Cell {
        let text = milliseconds.map(Timestamp.format)
        return Cell(text.map { String($0.prefix(19)).replacing("T", with: " ") }, plain: text)
    }
}

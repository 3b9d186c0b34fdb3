internal import FarmModel
internal import ToolKit

/// An input that differs, as a row.
struct InputRow: Displayable {
    static let columns = [Column("INPUT"), Column("OLD"), Column("NEW"), Column("NOTE", shrinks: true)]

    let json: JSONObject
    let cells: [Cell]

    init(_ change: InputChange, of job: JobID, against last: JobID?) {
        json = change.json(of: job, against: last)
        cells = [Cell(change.name), Cell(Self.short(change.old)), Cell(Self.short(change.new)), Cell(change.detail)]
    }

    /// Digests are long, and their beginnings tell them apart.
    private static func short(_ text: String?) -> String {
        guard let text else { return "-" }
        return text.utf8.count > 30 ? String(text.prefix(19)) : text
    }
}

internal import FarmModel
internal import ToolKit

/// A check as a row.
struct CheckRow: Displayable {
    static let columns = [Column("CHECK"), Column("VERDICT"), Column("FOUND", shrinks: true), Column("REMEDY", shrinks: true)]

    let json: JSONObject
    let cells: [Cell]

    init(_ check: CheckRecord) {
        json = check.json
        cells = [
            Cell(check.name), Cell(check.verdict.rawValue, style: Self.style(check.verdict)), Cell(check.found), Cell(check.remedy),
        ]
    }

    static func style(_ verdict: CheckRecord.Verdict) -> TextStyle {
        switch verdict {
        case .ok: .green
        case .warning: .yellow
        case .problem: .red
        case .absent: .faint
        }
    }
}

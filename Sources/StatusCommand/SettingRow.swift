internal import FarmConfiguration
internal import FarmModel
internal import ToolKit

/// A setting as a row.
struct SettingRow: Displayable {
    static let columns = [Column("KEY"), Column("VALUE", shrinks: true), Column("ORIGIN", shrinks: true)]

    let json: JSONObject
    let cells: [Cell]

    /// - Parameter json: The value for records, where it is no text.
    init(key: String, text: String, json value: JSONValue? = nil, origin: Origin) {
        json = ["kind": "setting", "key": .string(key), "value": value ?? .string(text), "origin": .string(origin.description)]
        cells = [Cell(key), Cell(text), Cell(origin.description)]
    }
}

public import FarmModel

/// Something that tools print as a record or as a row of a table.
public protocol Displayable: Sendable {
    /// The columns of its table. More may be added at the right end in later versions.
    static var columns: [Column] { get }

    /// The record.
    var json: JSONObject { get }

    /// One cell for each column.
    var cells: [Cell] { get }
}

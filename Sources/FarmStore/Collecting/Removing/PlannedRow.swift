import FarmModel

/// A row of a plan's table of builds, logs or artifacts.
struct PlannedRow: Sendable {
    /// The number of the build, or of the job.
    var id: Int64
    /// When the build had ended; it is another matter if it was revived since.
    var ended: Int64
    /// The number of the reason.
    var reason: Int

    /// The rows after one, without those that an interrupted collection had planned.
    static func page(of table: String, after id: Int64, atMost count: Int, _ database: Connection) throws(FarmError) -> [PlannedRow] {
        let sql = "SELECT id, ended, reason FROM \(table) WHERE id > ? AND reason >= 0 ORDER BY id LIMIT ?"
        return try database.all(sql, id, count) { PlannedRow(id: $0.integer(0), ended: $0.integer(1), reason: Int($0.integer(2))) }
    }
}

import FarmModel

/// Events that nobody will ask for any more.
struct OldEvents {
    let store: Store
    /// Milliseconds since 1970.
    let now: Int64

    private static let ageMilliseconds: Int64 = 30 * 86_400_000
    private static let rows: Int64 = 1_000_000
    private static let atOnce = 2000

    /// Those of the oldest rows that are too old (`?1`), or too many.
    private static let isOld = """
        seq IN (SELECT seq FROM (SELECT seq, time_ms FROM events ORDER BY seq LIMIT \(atOnce))
            WHERE time_ms < ?1 OR seq <= (SELECT max(seq) FROM events) - \(rows))
        """

    /// Removes them, some at a time.
    func remove() throws(FarmError) {
        let limit = now - Self.ageMilliseconds
        while try has(before: limit) {
            try store.write(.lazy, rings: false) { transaction throws(FarmError) in
                _ = try transaction.database.run("DELETE FROM events WHERE \(Self.isOld)", limit)
            }
        }
    }

    private func has(before limit: Int64) throws(FarmError) -> Bool {
        try store.read { database throws(FarmError) in
            try database.first("SELECT 1 FROM events WHERE \(Self.isOld) LIMIT 1", limit) { _ in true } ?? false
        }
    }
}

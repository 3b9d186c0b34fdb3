import FarmModel

/// Messages that were given up long ago, or that nobody delivers.
struct OldMessages {
    let store: Store
    /// Milliseconds since 1970.
    let now: Int64

    private static let ageMilliseconds: Int64 = 30 * 86_400_000
    private static let atOnce = 1000

    /// Removes them, some at a time.
    func remove() throws(FarmError) {
        let limit = now - Self.ageMilliseconds
        while try has(before: limit) {
            try store.write(.lazy, rings: false) { transaction throws(FarmError) in
                _ = try transaction.database.run(
                    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE created_ms < ? ORDER BY id LIMIT ?)", limit, Self.atOnce)
            }
        }
    }

    /// Ids grow with time, so only the oldest has to be looked at.
    private func has(before limit: Int64) throws(FarmError) -> Bool {
        try store.read { database throws(FarmError) in
            try database.first("SELECT created_ms < ? FROM outbox ORDER BY id LIMIT 1", limit) { $0.flag(0) } ?? false
        }
    }
}

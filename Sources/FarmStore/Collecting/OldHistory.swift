import FarmModel

/// Ended attempts beyond so many, which neither statistics nor forecasts look at any more.
struct OldHistory {
    let store: Store
    /// How many of the newest stay.
    var rows: Int64 = 1_000_000

    private static let atOnce = 2000

    /// Removes them, some at a time.
    func remove() throws(FarmError) {
        guard let last = try newestToGo() else { return }
        var removed = 1
        while removed > 0 {
            removed = try store.write(.lazy, rings: false) { transaction throws(FarmError) in
                try transaction.database.run(
                    "DELETE FROM history WHERE id IN (SELECT id FROM history WHERE id <= ? ORDER BY id LIMIT ?)", last, Self.atOnce)
            }
        }
    }

    /// The newest of those that go; nil if all may stay.
    private func newestToGo() throws(FarmError) -> Int64? {
        try store.read { database throws(FarmError) in
            let count = try database.first("SELECT count(*) FROM history") { $0.integer(0) } ?? 0
            guard count > rows else { return nil }
            return try database.first("SELECT id FROM history ORDER BY id LIMIT 1 OFFSET ?", count - rows - 1) { $0.integer(0) }
        }
    }
}

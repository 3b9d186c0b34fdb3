import FarmModel

/// Pins that hold no more.
struct ExpiredPins {
    let store: Store
    /// Milliseconds since 1970.
    let now: Int64

    private static let isOver = "expires_ms < ?"

    /// Removes them.
    func remove() throws(FarmError) {
        let hasAny = try store.read { database throws(FarmError) in
            try database.first("SELECT 1 FROM pins WHERE \(Self.isOver) LIMIT 1", now) { _ in true } ?? false
        }
        guard hasAny else { return }
        try store.write(.lazy, rings: false) { transaction throws(FarmError) in
            _ = try transaction.database.run("DELETE FROM pins WHERE \(Self.isOver)", now)
        }
    }
}

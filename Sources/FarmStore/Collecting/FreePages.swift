import FarmModel

/// Pages of the database that have nothing on them.
struct FreePages {
    let store: Store

    private static let atOnce: Int64 = 500
    /// So many stay for what comes next.
    private static let spare: Int64 = 500

    /// Gives them back to the file system, some at a time.
    func giveBack() throws(FarmError) {
        var left = try count()
        while left > Self.spare {
            try store.write(.lazy, rings: false) { transaction throws(FarmError) in
                _ = try transaction.database.all("PRAGMA incremental_vacuum(\(Self.atOnce))") { $0.integer(0) }
            }
            let now = try count()
            guard now < left else { return }
            left = now
        }
    }

    private func count() throws(FarmError) -> Int64 {
        try store.read { database throws(FarmError) in try database.first("PRAGMA freelist_count") { $0.integer(0) } ?? 0 }
    }
}

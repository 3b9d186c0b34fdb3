import FarmModel

/// Checks that a database is one this program understands.
enum SchemaVersion {
    /// Refuses any version but ours. Each write checks it, because a newer tool may have migrated the database meanwhile.
    static func require(_ database: Connection) throws(FarmError) {
        let version = try read(database)
        guard version == Schema.version else { throw mismatch(version) }
    }

    static func read(_ database: Connection) throws(FarmError) -> Int64 {
        try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
    }

    static func mismatch(_ version: Int64) -> FarmError {
        FarmError(
            .configuration,
            "the state directory has schema \(version), this program knows \(Schema.version); "
                + (version > Schema.version ? "use a newer bf" : "let one bf-run of this version start alone to migrate it"))
    }
}

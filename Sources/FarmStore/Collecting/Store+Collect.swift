import FarmModel

extension Store {
    func newestEventMilliseconds() throws(FarmError) -> Int64? {
        try read { database throws(FarmError) in
            try database.first("SELECT time_ms FROM events ORDER BY seq DESC LIMIT 1") { $0.integer(0) }
        }
    }

    /// Finished builds that ended before a time, oldest first.
    func endedBuilds(before limit: Int64, atMost count: Int) throws(FarmError) -> [BuildID] {
        try read { database throws(FarmError) in try Self.endedBuilds(database, before: limit, atMost: count) }
    }

    private static func endedBuilds(_ database: Connection, before limit: Int64, atMost count: Int) throws(FarmError) -> [BuildID] {
        let sql = "SELECT id FROM builds WHERE ended_ms IS NOT NULL AND ended_ms < ? ORDER BY ended_ms LIMIT ?"
        return try database.all(sql, limit, count) { $0.identifier(0) }
    }

    /// Removes the rows of some finished builds, durably, and returns which.
    func removeBuilds(endedBefore limit: Int64, atMost count: Int) throws(FarmError) -> [BuildID] {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let builds = try Self.endedBuilds(transaction.database, before: limit, atMost: count)
            for build in builds {
                for sql in Self.removalOfBuild { try transaction.database.run(sql, build) }
                try transaction.record(.collected, build: build)
            }
            return builds
        }
    }

    /// Everything that belongs to a build; a package keeps its newest good tree by a row of its own until a newer build replaces it.
    private static let removalOfBuild = [
        "DELETE FROM edges WHERE job IN (SELECT id FROM jobs WHERE build = ?)",
        """
        DELETE FROM job_trees WHERE job IN (SELECT id FROM jobs WHERE build = ?)
            AND NOT (role = 'output' AND job IN (SELECT job FROM packages))
        """,
        "DELETE FROM artifacts WHERE job IN (SELECT id FROM jobs WHERE build = ?)",
        "DELETE FROM documents WHERE job IN (SELECT id FROM jobs WHERE build = ?)",
        "DELETE FROM attempts WHERE build = ?",
        "DELETE FROM secrets WHERE build = ?",
        "DELETE FROM jobs WHERE build = ?",
        "DELETE FROM builds WHERE id = ?",
    ]

    /// Removes the rows of some blobs that no tree has and nobody pins, durably; trees that nothing refers to go first. The caller holds
    /// `artifacts.lock` alone.
    func removeUnreferencedBlobs(atMost count: Int) throws(FarmError) -> [(digest: Digest, bytes: Int64)] {
        let removed = try write(.durable, rings: false) { transaction throws(FarmError) in
            let database = transaction.database
            try database.run("DELETE FROM pins WHERE expires_ms < ?", transaction.now.wallMilliseconds)
            let trees = try database.all(
                """
                SELECT id FROM trees t WHERE digest <> ? AND NOT EXISTS(SELECT 1 FROM job_trees j WHERE j.tree = t.id)
                    AND NOT EXISTS(SELECT 1 FROM pins p WHERE p.digest = t.digest) LIMIT ?
                """, StoredTree.empty.digest, count
            ) { $0.integer(0) }
            for tree in trees {
                try database.run("DELETE FROM tree_blobs WHERE tree = ?", tree)
                try database.run("DELETE FROM trees WHERE id = ?", tree)
            }
            let blobs = try database.all(
                """
                SELECT digest, bytes FROM blobs b WHERE NOT EXISTS(SELECT 1 FROM tree_blobs t WHERE t.blob = b.id)
                    AND NOT EXISTS(SELECT 1 FROM pins p WHERE p.digest = b.digest) LIMIT ?
                """, count
            ) { row in RemovedBlob(digest: row.digest(0), bytes: row.integer(1)) }
            for blob in blobs { try database.run("DELETE FROM blobs WHERE digest = ?", blob.digest) }
            return blobs
        }
        return removed.compactMap { blob in blob.digest.map { ($0, blob.bytes) } }
    }

    private struct RemovedBlob: Sendable {
        var digest: Digest?
        var bytes: Int64
    }

    func knowsTree(_ digest: Digest) throws(FarmError) -> Bool {
        try read { database throws(FarmError) in
            try database.first("SELECT 1 FROM trees WHERE digest = ?", digest) { _ in true } ?? false
        }
    }

    /// Gives free pages back to the file system, some at a time.
    func vacuum() throws(FarmError) {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            _ = try transaction.database.all("PRAGMA incremental_vacuum(1000)") { $0.integer(0) }
        }
    }
}

import FarmModel

/// The tables of a plan and what is written into them.
enum PlanTables {
    /// In memory, so that a full disk does not keep gc from making room.
    static let creation = """
        PRAGMA temp_store = MEMORY;
        DROP TABLE IF EXISTS temp.gone_builds;
        DROP TABLE IF EXISTS temp.gone_logs;
        DROP TABLE IF EXISTS temp.gone_outputs;
        DROP TABLE IF EXISTS temp.gone_trees;
        DROP TABLE IF EXISTS temp.gone_blobs;
        CREATE TEMP TABLE gone_builds(id INTEGER PRIMARY KEY, ended INTEGER NOT NULL, reason INTEGER NOT NULL);
        CREATE TEMP TABLE gone_logs(id INTEGER PRIMARY KEY, ended INTEGER NOT NULL, reason INTEGER NOT NULL);
        CREATE TEMP TABLE gone_outputs(id INTEGER PRIMARY KEY, ended INTEGER NOT NULL, reason INTEGER NOT NULL);
        CREATE TEMP TABLE gone_trees(id INTEGER PRIMARY KEY);
        CREATE TEMP TABLE gone_blobs(id INTEGER PRIMARY KEY, bytes INTEGER NOT NULL);
        """

    static func add(_ build: FinishedBuild, _ reason: Int, to database: Connection) throws(FarmError) {
        try database.run("INSERT INTO gone_builds(id, ended, reason) VALUES(?, ?, ?)", build.id, build.ended, reason)
        // What was planned for a part of it happens with the whole.
        try database.run("DELETE FROM gone_logs WHERE id = ?", build.id)
        try database.run("DELETE FROM gone_outputs WHERE id IN (SELECT id FROM jobs WHERE build = ?)", build.id)
    }

    /// Plans the artifacts of a build (`?1`), except those among the newest good ones of their package; `?2` is the reason, `?3` the end.
    static func outputs(kept: Int, _ now: Int64?) -> String {
        """
        INSERT INTO gone_outputs(id, ended, reason) SELECT j.id, ?3, ?2 FROM jobs j JOIN trees t ON t.id = j.tree
        WHERE j.build = ?1 AND j.state = 'success' AND \(GarbageConditions.isNotEmpty)
            AND NOT \(PinTable.isPinned("digest = t.digest", now: now))
            AND NOT \(NewestResults.isAmong(kept))
            \(kept > 0 ? "AND NOT EXISTS(SELECT 1 FROM packages p WHERE p.job = j.id)" : "")
        """
    }

    /// The trees that jobs of a build use.
    static let treesOfBuild = "SELECT r.tree FROM job_trees r JOIN jobs j ON j.id = r.job WHERE j.build = ?1"
}

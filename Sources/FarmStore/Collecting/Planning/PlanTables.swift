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

/// When trees and blobs are garbage, as SQL conditions on the rows `t` and `b`.
struct GarbageConditions {
    /// Whether what is planned to go counts as gone.
    let isPlanned: Bool
    /// Whether the newest good tree of a package stays without a build.
    let keepsNewest: Bool
    /// For the end of pins; nil if the clock is not believed.
    let now: Int64?

    /// A tree without entries takes no room, and is always there.
    static let isNotEmpty = "t.digest <> x'\(StoredTree.empty.digest.hex)'"

    var tree: String {
        let planned =
            isPlanned
            ? """
            AND j.build NOT IN (SELECT id FROM gone_builds)
            AND NOT (r.role = 'output' AND r.job IN (SELECT id FROM gone_outputs))
            """ : ""
        return """
            \(Self.isNotEmpty) AND NOT EXISTS(SELECT 1 FROM job_trees r JOIN jobs j ON j.id = r.job WHERE r.tree = t.id \(planned))
            AND NOT \(PinTable.isPinned("digest = t.digest", now: now))
            \(keepsNewest ? "AND NOT EXISTS(SELECT 1 FROM packages p WHERE p.tree = t.id)" : "")
            """
    }

    var blob: String {
        let planned =
            isPlanned
            ? "AND l.tree NOT IN (SELECT id FROM gone_trees) AND l.tree NOT IN (SELECT id FROM removals WHERE kind = 'tree')" : ""
        return """
            NOT EXISTS(SELECT 1 FROM tree_blobs l WHERE l.blob = b.id \(planned))
            AND NOT \(PinTable.isPinned("digest = b.digest", now: now))
            """
    }
}

/// A build that has ended, as a plan sees it.
struct FinishedBuild: Sendable {
    var id: BuildID
    var state: BuildState
    var ended: Int64
    /// True if its logs were removed already.
    var hasNoLogs: Bool
    /// True if it is to be removed.
    var isGone: Bool

    /// What the build's own row says.
    var facts: BuildFacts { BuildFacts(state: state, endedMilliseconds: ended) }

    static let beforeAll = FinishedBuild(id: BuildID(0), state: .success, ended: .min, hasNoLogs: false, isGone: false)

    /// Those that ended after another one, in the order of their ends.
    static func page(after last: FinishedBuild, atMost count: Int, _ database: Connection) throws(FarmError) -> [FinishedBuild] {
        try database.all(
            """
            SELECT id, state, ended_ms, logs_removed_ms IS NOT NULL, id IN (SELECT id FROM gone_builds) FROM builds
            WHERE ended_ms IS NOT NULL AND (ended_ms, id) > (?, ?) ORDER BY ended_ms, id LIMIT ?
            """, last.ended, last.id, count
        ) { row in
            FinishedBuild(
                id: row.identifier(0), state: BuildState(rawValue: row.text(1)) ?? .failed, ended: row.integer(2), hasNoLogs: row.flag(3),
                isGone: row.flag(4))
        }
    }
}

/// The newest results of each package: of each name, architecture and matrix cell, the good ones apart from the failed ones.
struct NewestResults {
    private let database: Connection

    init(_ database: Connection) { self.database = database }

    /// A condition on the job `j`: fewer than `count` newer jobs of its package ended as it did.
    static func isAmong(_ count: Int) -> String {
        guard count > 0 else { return "0" }
        return """
            ((SELECT count(*) FROM (SELECT 1 FROM jobs n WHERE n.name = j.name AND n.id > j.id AND n.architecture = j.architecture
                AND n.cell = j.cell AND n.state = j.state LIMIT \(count))) < \(count))
            """
    }

    /// True if a build has one of the newest good or failed results of a package.
    func has(_ build: BuildID, good: Int, bad: Int) throws(FarmError) -> Bool {
        if try has(build, .success, good) { return true }
        return try has(build, .failed, bad)
    }

    private func has(_ build: BuildID, _ state: JobState, _ count: Int) throws(FarmError) -> Bool {
        guard count > 0 else { return false }
        let sql = "SELECT 1 FROM jobs j WHERE j.build = ? AND j.state = ? AND \(Self.isAmong(count)) LIMIT 1"
        return try database.first(sql, build, state.rawValue) { _ in true } ?? false
    }
}

public import FarmModel

/// A tree that a job sees under `$BF_DEPS`.
public struct NeededTree: Sendable, Hashable {
    /// The name of the job that made it.
    public var name: String
    /// The tree.
    public var tree: Digest
    /// True for a need that the document names itself.
    public var isDirect: Bool
}

extension Store {
    /// The trees of all jobs that a job needs, directly and indirectly, sorted by name; those that failed or were optional and are missing are
    /// left out, and so are indirect ones in which there is nothing. Several of one name carry architecture or matrix cell in theirs.
    public func neededTrees(of job: JobID) throws(FarmError) -> [NeededTree] {
        try read { database throws(FarmError) in try NeededTreeReader(database: database).trees(neededBy: job) }
    }

    /// The newest good tree of a job by name, for a need that says `from: latest`, and the job that made it.
    public func latestTree(name: String, architecture: Architecture) throws(FarmError) -> (tree: Digest, job: JobID)? {
        let row = try read { database throws(FarmError) in
            try database.first(
                """
                SELECT t.digest, p.job FROM packages p JOIN trees t ON t.id = p.tree
                WHERE p.name = ? AND p.architecture IN (?, 'noarch') AND p.isolation <> 'none' ORDER BY p.job DESC LIMIT 1
                """, name, architecture.name
            ) { LatestTree(tree: $0.digest(0), job: $0.identifier(1)) }
        }
        return row.flatMap { found in found.tree.map { ($0, found.job) } }
    }

    private struct LatestTree: Sendable {
        var tree: Digest?
        var job: JobID
    }
}

/// Reads the trees that a job needs.
struct NeededTreeReader {
    let database: Connection

    func trees(neededBy job: JobID) throws(FarmError) -> [NeededTree] {
        let sql = """
            WITH RECURSIVE needed(id, direct) AS (
                SELECT need, 1 FROM edges WHERE job = ?1
                UNION SELECT e.need, 0 FROM edges e JOIN needed n ON e.job = n.id)
            SELECT j.name, j.architecture, j.cell, t.digest, max(n.direct)
            FROM needed n JOIN jobs j ON j.id = n.id JOIN trees t ON t.id = j.tree
            WHERE j.state = 'success' AND (n.direct = 1 OR j.tree <> coalesce((SELECT id FROM trees WHERE digest = ?2), 0)) GROUP BY j.id
            UNION ALL
            SELECT r.name, '', '', t.digest, 1 FROM job_trees r JOIN trees t ON t.id = r.tree WHERE r.job = ?1 AND r.role = 'need'
            """
        let rows = try database.all(sql, job, StoredTree.empty.digest) { row in
            NeededRow(
                identity: StoredIdentity.read(name: row.text(0), architecture: row.text(1), cell: row.text(2)),
                tree: row.digest(3) ?? StoredTree.empty.digest, isDirect: row.flag(4))
        }
        return Dictionary(grouping: rows, by: \.identity.name).values.flatMap(Self.named).sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    private struct NeededRow: Sendable {
        var identity: JobIdentity
        var tree: Digest
        var isDirect: Bool
    }

    /// Jobs of one name: the direct ones hide the indirect; where more than one is left, architecture and cell tell them apart.
    private static func named(_ rows: [NeededRow]) -> [NeededTree] {
        let direct = rows.filter(\.isDirect)
        let chosen = direct.isEmpty ? rows : direct
        return chosen.map { row in
            NeededTree(name: chosen.count == 1 ? row.identity.name : row.identity.description, tree: row.tree, isDirect: row.isDirect)
        }
    }
}

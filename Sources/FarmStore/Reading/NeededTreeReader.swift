internal import FarmModel
internal import Synchronization

/// Reads the trees that a job needs.
struct NeededTreeReader {
    let database: Connection
    /// What is below jobs that were asked for before.
    var known = KnownNeeds()

    func trees(neededBy job: JobID) throws(FarmError) -> [NeededTree] {
        let rows = try jobs(neededBy: job) + artifacts(neededBy: job)
        return Dictionary(grouping: rows, by: \.identity.name).values.flatMap(Self.named).sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    /// The direct needs and all below them in which there is something: from what is known of each of the direct ones, else by a walk.
    private func jobs(neededBy job: JobID) throws(FarmError) -> [NeededRow] {
        let count = try needCount(of: job)
        let direct = count == 0 ? [] : try direct(job)
        // Below an optional need that failed there may be others that did not.
        let below = direct.count == count ? try rows(below: direct.map(\.job)) : nil
        let rows = if let below { Self.joined(direct, below) } else { try walk(from: job) }
        known.note(rows, below: job)
        return rows
    }

    /// nil if it is not known of all of them; those that need nothing were never asked for.
    private func rows(below jobs: [JobID]) throws(FarmError) -> [NeededRow]? {
        for job in known.unknown(among: jobs) {
            guard try needCount(of: job) == 0 else { return nil }
            known.note([], below: job)
        }
        return known.rows(below: jobs)
    }

    private func needCount(of job: JobID) throws(FarmError) -> Int {
        Int(try database.first("SELECT count(*) FROM edges WHERE job = ?", job) { $0.integer(0) } ?? 0)
    }

    private static func joined(_ direct: [NeededRow], _ below: [NeededRow]) -> [NeededRow] {
        var seen = Set(direct.map(\.job))
        return direct + below.filter { seen.insert($0.job).inserted }
    }

    private static let columns = "j.id, j.name, j.architecture, j.cell, t.digest"

    private func direct(_ job: JobID) throws(FarmError) -> [NeededRow] {
        let sql = """
            SELECT \(Self.columns), 1 FROM edges e JOIN jobs j ON j.id = e.need JOIN trees t ON t.id = j.tree
            WHERE e.job = ? AND j.state = 'success'
            """
        return try database.all(sql, job) { NeededRow($0) }
    }

    private func walk(from job: JobID) throws(FarmError) -> [NeededRow] {
        let sql = """
            WITH RECURSIVE needed(id, direct) AS (
                SELECT need, 1 FROM edges WHERE job = ?1
                UNION SELECT e.need, 0 FROM edges e JOIN needed n ON e.job = n.id)
            SELECT \(Self.columns), max(n.direct)
            FROM needed n JOIN jobs j ON j.id = n.id JOIN trees t ON t.id = j.tree
            WHERE j.state = 'success' AND (n.direct = 1 OR j.tree <> coalesce((SELECT id FROM trees WHERE digest = ?2), 0)) GROUP BY j.id
            """
        return try database.all(sql, job, StoredTree.empty.digest) { NeededRow($0) }
    }

    private func artifacts(neededBy job: JobID) throws(FarmError) -> [NeededRow] {
        let sql = """
            SELECT 0, r.name, '', '', t.digest, 1 FROM job_trees r JOIN trees t ON t.id = r.tree WHERE r.job = ? AND r.role = 'need'
            """
        return try database.all(sql, job) { NeededRow($0) }
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

/// A job that another one needs, and its tree.
struct NeededRow: Sendable {
    var job: JobID
    var identity: JobIdentity
    var tree: Digest
    var isDirect: Bool

    init(_ row: Row) {
        job = row.identifier(0)
        identity = StoredIdentity.read(name: row.text(1), architecture: row.text(2), cell: row.text(3))
        tree = row.digest(4) ?? StoredTree.empty.digest
        isDirect = row.flag(5)
    }
}

/// What lies below jobs that a runner has run lately: their dependents are run next, and need not walk down the graph again. What a job that has
/// succeeded saw does not change, so nothing here gets old.
final class KnownNeeds: Sendable {
    /// More rows than this are forgotten, all at once.
    private static let limit = 500_000

    private let state = Mutex(State())

    private struct State {
        var below: [JobID: [NeededRow]] = [:]
        var count = 0
    }

    /// Those of some jobs of which nothing is known.
    func unknown(among jobs: [JobID]) -> [JobID] { state.withLock { state in jobs.filter { state.below[$0] == nil } } }

    /// What lies below some jobs, as indirect needs; nil if that is not known of all of them.
    func rows(below jobs: [JobID]) -> [NeededRow]? {
        state.withLock { state in
            var rows: [NeededRow] = []
            for job in jobs {
                guard let below = state.below[job] else { return nil }
                rows += below
            }
            return rows
        }
    }

    /// Keeps what a job needs; direct needs in which there is nothing are none to those above it.
    func note(_ rows: [NeededRow], below job: JobID) {
        let kept = rows.filter { $0.tree != StoredTree.empty.digest }.map { row in
            var row = row
            row.isDirect = false
            return row
        }
        state.withLock { state in
            if state.count + kept.count + 1 > Self.limit { state = State() }
            guard state.below.updateValue(kept, forKey: job) == nil else { return }
            state.count += kept.count + 1
        }
    }
}

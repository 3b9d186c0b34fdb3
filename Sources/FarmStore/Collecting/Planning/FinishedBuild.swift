import FarmModel

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

import FarmModel

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

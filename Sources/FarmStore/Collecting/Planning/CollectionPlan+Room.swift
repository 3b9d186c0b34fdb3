import FarmModel

/// Builds that go only because the store is too large.
extension CollectionPlan {
    /// Adds builds, those that ended first first, until blobs and logs fit.
    mutating func planRoom(upTo size: Int64) throws {
        var total = try usedBytes()
        guard total > size else { return }
        try eachFinishedBuild { plan, build in
            guard total > size else { return }
            let facts = try plan.facts(build, isCounting: true)
            guard case .removed(let reason) = plan.policy.verdict(onBuildInTheWay: facts) else { return }
            total -= try plan.give(build, reason)
        }
        isTooLarge = total > size
    }

    private func usedBytes() throws(FarmError) -> Int64 {
        let blobs = try read { database throws(FarmError) in
            try database.first(
                "SELECT (SELECT coalesce(sum(bytes), 0) FROM blobs) - (SELECT coalesce(sum(bytes), 0) FROM gone_blobs)"
            ) { $0.integer(0) } ?? 0
        }
        let logs = LogFolders(store: store)
        var total = blobs
        for build in logs.builds {
            let isGone = try isGone(build, in: "gone_builds") ? true : isGone(build, in: "gone_logs")
            if !isGone { total += logs.bytes(of: build) }
        }
        return total
    }

    private func isGone(_ build: BuildID, in table: String) throws(FarmError) -> Bool {
        try read { database throws(FarmError) in
            try database.first("SELECT 1 FROM \(table) WHERE id = ?", build) { _ in true } ?? false
        }
    }

    /// Plans to remove a build, and returns how much room that makes.
    private mutating func give(_ build: FinishedBuild, _ reason: String) throws(FarmError) -> Int64 {
        let number = number(of: reason)
        let logs = try isGone(build.id, in: "gone_logs") ? 0 : LogFolders(store: store).bytes(of: build.id)
        let (trees, blobs) = (conditions.tree, conditions.blob)
        let freed = try read { database throws(FarmError) in
            try PlanTables.add(build, number, to: database)
            try database.run(
                "INSERT OR IGNORE INTO gone_trees SELECT t.id FROM trees t WHERE t.id IN (\(PlanTables.treesOfBuild)) AND \(trees)",
                build.id)
            let sizes = try database.all(
                """
                INSERT OR IGNORE INTO gone_blobs SELECT b.id, b.bytes FROM blobs b
                WHERE b.id IN (SELECT blob FROM tree_blobs WHERE tree IN (\(PlanTables.treesOfBuild))) AND \(blobs) RETURNING bytes
                """, build.id
            ) { $0.integer(0) }
            return sizes.reduce(0, +)
        }
        return freed + logs
    }
}

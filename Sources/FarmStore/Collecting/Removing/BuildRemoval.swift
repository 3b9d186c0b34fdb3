import FarmModel
import HostSystem

/// Removes builds: first the build's own row, durably, with a note of what is still to go; then its logs, and the rows of its jobs some at a
/// time. Who finds the note goes on where the last one was stopped.
struct BuildRemoval {
    let store: Store
    let now: Int64?

    private static let jobsAtOnce = 300

    /// Removes the rows of builds that still may go, durably, and returns which.
    func remove(_ planned: [PlannedRow]) throws(FarmError) -> [PlannedRow] {
        guard !planned.isEmpty else { return [] }
        let isPinned = PinTable.isPinned("build = builds.id", now: now)
        return try store.write(.durable, rings: true) { transaction throws(FarmError) in
            var removed: [PlannedRow] = []
            for build in planned {
                let sql = "DELETE FROM builds WHERE id = ? AND ended_ms = ? AND NOT \(isPinned)"
                guard try transaction.database.run(sql, build.id, build.ended) == 1 else { continue }
                try transaction.database.run("INSERT INTO removals(kind, id) VALUES('build', ?)", build.id)
                try transaction.database.run("DELETE FROM secrets WHERE build = ?", build.id)
                try transaction.database.run("DELETE FROM pins WHERE build = ?", build.id)
                try AliasTable(transaction.database).remove(of: BuildID(build.id), kind: .build)
                try transaction.record(.collected, build: BuildID(build.id), data: ["type": "build"])
                removed.append(build)
            }
            return removed
        }
    }

    /// Removes what is left of all builds whose own row is gone.
    func finish() throws(FarmError) {
        let builds: [BuildID] = try store.read { database throws(FarmError) in
            try database.all("SELECT id FROM removals WHERE kind = 'build'") { $0.identifier(0) }
        }
        guard !builds.isEmpty else { return }
        for build in builds {
            try FarmError.wrap { () throws(SystemError) in try Files.removeTree(store.directory.logs(build)) }
        }
        while try removeJobs() {}
        try store.write(.lazy, rings: false) { transaction throws(FarmError) in
            for build in builds { try transaction.database.run("DELETE FROM removals WHERE kind = 'build' AND id = ?", build) }
        }
    }

    /// Removes the rows of some jobs; false if there was none.
    private func removeJobs() throws(FarmError) -> Bool {
        try store.write(.lazy, rings: false) { transaction throws(FarmError) in
            let jobs: [JobID] = try transaction.database.all(
                "SELECT id FROM jobs WHERE build IN (SELECT id FROM removals WHERE kind = 'build') LIMIT ?", Self.jobsAtOnce
            ) { $0.identifier(0) }
            for job in jobs {
                try AliasTable(transaction.database).remove(of: job, kind: .job)
                for sql in Self.removalOfJob { try transaction.database.run(sql, job) }
            }
            return !jobs.isEmpty
        }
    }

    private static let removalOfJob = [
        "DELETE FROM edges WHERE job = ?", "DELETE FROM job_trees WHERE job = ?", "DELETE FROM artifacts WHERE job = ?",
        "DELETE FROM documents WHERE job = ?", "DELETE FROM attempts WHERE job = ?", "DELETE FROM verifications WHERE job = ?",
        "DELETE FROM jobs WHERE id = ?",
    ]
}

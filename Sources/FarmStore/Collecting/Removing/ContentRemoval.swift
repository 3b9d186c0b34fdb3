import FarmModel
import HostSystem

/// Removes logs and artifacts of builds that stay.
struct ContentRemoval {
    let store: Store
    let now: Int64?

    /// Notes that the logs of builds are gone, where they still may go, durably, and returns which.
    func removeLogs(_ planned: [PlannedRow]) throws(FarmError) -> [PlannedRow] {
        guard !planned.isEmpty else { return [] }
        let isPinned = PinTable.isPinned("build = builds.id", now: now)
        return try store.write(.durable, rings: true) { transaction throws(FarmError) in
            var removed: [PlannedRow] = []
            for build in planned {
                let sql = "UPDATE builds SET logs_removed_ms = ? WHERE id = ? AND ended_ms = ? AND NOT \(isPinned)"
                let now = transaction.now.wallMilliseconds
                guard try transaction.database.run(sql, now, build.id, build.ended) == 1 else { continue }
                try transaction.record(.collected, build: BuildID(build.id), data: ["type": "log"])
                removed.append(build)
            }
            return removed
        }
    }

    /// Takes the logs of builds away whose logs are noted as gone. A retry ends that note and then writes new logs, so both happen under
    /// the write lock: looking, and moving the folder out of the way.
    func takeLogs(of builds: [BuildID], into trash: Trash) throws(FarmError) {
        guard !builds.isEmpty else { return }
        try store.write(.lazy, rings: false) { transaction throws(FarmError) in
            for build in builds {
                let isRemoved = try transaction.database.first(
                    "SELECT logs_removed_ms IS NOT NULL AND ended_ms IS NOT NULL FROM builds WHERE id = ?", build
                ) { $0.flag(0) }
                if isRemoved == true { try trash.take(store.directory.logs(build), as: build.description) }
            }
        }
    }

    /// Removes the artifacts of jobs that still may lose them, durably, and returns which.
    func removeOutputs(_ planned: [PlannedRow]) throws(FarmError) -> [PlannedRow] {
        guard !planned.isEmpty else { return [] }
        let condition = """
            EXISTS(SELECT 1 FROM builds b WHERE b.id = jobs.build AND b.ended_ms = ? AND NOT \(PinTable.isPinned("build = b.id", now: now)))
            AND NOT EXISTS(SELECT 1 FROM trees t WHERE t.id = jobs.tree AND \(PinTable.isPinned("digest = t.digest", now: now)))
            """
        return try store.write(.durable, rings: true) { transaction throws(FarmError) in
            var removed: [PlannedRow] = []
            for job in planned {
                let build: BuildID? = try transaction.database.first(
                    "UPDATE jobs SET tree = NULL WHERE id = ? AND state = 'success' AND \(condition) RETURNING build", job.id, job.ended
                ) { $0.identifier(0) }
                guard let build else { continue }
                try transaction.database.run("DELETE FROM job_trees WHERE job = ? AND role = 'output'", job.id)
                try transaction.database.run("DELETE FROM artifacts WHERE job = ?", job.id)
                try transaction.record(.collected, build: build, job: JobID(job.id), data: ["type": "artifact"])
                removed.append(job)
            }
            return removed
        }
    }
}

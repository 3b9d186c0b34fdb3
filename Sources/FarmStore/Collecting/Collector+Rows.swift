import FarmModel
import HostSystem

/// Builds, logs, artifacts, trees and blobs, as planned.
extension Collector {
    /// What an interrupted collection had begun.
    func collectLeftovers() throws {
        let folder = store.directory.trash
        for entry in (try? Files.entries(of: folder)) ?? [] {
            guard let name = entry.name else { continue }
            let bytes = FolderSize.bytes("\(folder)/\(name)")
            if !isDryRun { try FarmError.wrap { () throws(SystemError) in try Files.removeTree("\(folder)/\(name)") } }
            try tell(.leftover, "trash/\(name)", bytes: bytes, "an interrupted bf-gc had begun to remove it")
        }
        guard !isDryRun else { return }
        try BuildRemoval(store: store, now: now).finish()
        try garbageRemoval().finishTrees()
    }

    func collectBuilds(_ plan: CollectionPlan) throws {
        let removal = BuildRemoval(store: store, now: now)
        let logs = LogFolders(store: store)
        try eachBatch(of: "gone_builds") { planned in
            let sizes = planned.map { ($0.id, logs.bytes(of: BuildID($0.id))) }
            let bytes = Dictionary(uniqueKeysWithValues: sizes)
            let removed = isDryRun ? planned : try removal.remove(planned)
            if !isDryRun { try removal.finish() }
            for build in removed {
                try tell(.build, BuildID(build.id).description, bytes: bytes[build.id], plan.reasons[build.reason])
            }
        }
    }

    func collectLogs(_ plan: CollectionPlan) throws {
        let removal = ContentRemoval(store: store, now: now)
        let logs = LogFolders(store: store)
        try eachBatch(of: "gone_logs") { planned in
            let present = planned.filter { logs.has(BuildID($0.id)) }
            let sizes = present.map { ($0.id, logs.bytes(of: BuildID($0.id))) }
            let bytes = Dictionary(uniqueKeysWithValues: sizes)
            let removed = isDryRun ? present : try removal.removeLogs(present)
            if !isDryRun {
                let trash = try Trash(store.directory)
                try removal.takeLogs(of: removed.map { BuildID($0.id) }, into: trash)
                try trash.empty()
            }
            for build in removed { try tell(.log, BuildID(build.id).description, bytes: bytes[build.id], plan.reasons[build.reason]) }
        }
    }

    func collectArtifacts(_ plan: CollectionPlan) throws {
        let removal = ContentRemoval(store: store, now: now)
        try eachBatch(of: "gone_outputs") { planned in
            for job in isDryRun ? planned : try removal.removeOutputs(planned) {
                try tell(.artifact, JobID(job.id).description, plan.reasons[job.reason])
            }
        }
    }

    func collectGarbage(_ plan: CollectionPlan) throws {
        let reason = "nothing refers to it"
        guard isDryRun else {
            let removal = try garbageRemoval()
            try removal.removeTrees()
            return try removal.removeBlobs { try tell(.blob, $0.digest.description, bytes: $0.bytes, reason) }
        }
        var last: Int64 = 0
        while true {
            let page = try store.readWhereWritten { database throws(FarmError) in
                try database.all(
                    "SELECT g.id, b.digest, b.bytes FROM gone_blobs g JOIN blobs b ON b.id = g.id WHERE g.id > ? ORDER BY g.id LIMIT 500",
                    last
                ) { PlannedBlob(id: $0.integer(0), digest: $0.digest(1), bytes: $0.integer(2)) }
            }
            guard let end = page.last else { return }
            for blob in page { if let digest = blob.digest { try tell(.blob, digest.description, bytes: blob.bytes, reason) } }
            last = end.id
        }
    }

    private struct PlannedBlob: Sendable {
        var id: Int64
        var digest: Digest?
        var bytes: Int64
    }

    private func garbageRemoval() throws(FarmError) -> GarbageRemoval {
        GarbageRemoval(
            store: store, artifacts: try ArtifactsLock(store.directory), trash: try Trash(store.directory),
            conditions: GarbageConditions(isPlanned: false, keepsNewest: policy.artifactsKept > 0, now: now))
    }

    private func eachBatch(of table: String, _ body: ([PlannedRow]) throws -> Void) throws {
        var last: Int64 = 0
        var pace = Pace(count: 20)
        while true {
            let count = pace.count
            let page = try store.readWhereWritten { database throws(FarmError) in
                try PlannedRow.page(of: table, after: last, atMost: count, database)
            }
            guard let end = page.last else { return }
            try pace.measuring { try body(page) }
            last = end.id
        }
    }
}

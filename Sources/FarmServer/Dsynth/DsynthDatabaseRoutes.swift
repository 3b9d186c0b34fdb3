import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem

/// go-dsynth's database: what the farm remembers of packages.
struct DsynthDatabaseRoutes: Sendable {
    let services: Services

    private var store: Store { services.store }

    var routes: [Route] {
        [
            Route(.get, "/database/stats", .dsynthGetDatabaseStatistics, dialect: .dsynth) { call in
                .dsynth(.ok, try await offloaded(statistics), call)
            },
            Route(.post, "/database/rebuild", .dsynthRebuildDatabase, dialect: .dsynth) { call in
                .dsynth(
                    .ok, try await offloaded { () throws(FarmError) in DsynthDatabase.rebuilt(packages: try store.packageNames().count) },
                    call)
            },
            Route(.post, "/database/clean", .dsynthCleanDatabase, dialect: .dsynth) { try await clean($0) },
            Route(.get, "/database/export", .dsynthExportDatabase, dialect: .dsynth) { _ in
                .text(.ok, try await offloaded(export))
            },
        ]
    }

    @Sendable private func statistics() throws(FarmError) -> JSONObject {
        let all = try StatisticsReader(store: store, grouping: nil).groups().first?.statistics ?? Statistics()
        return DsynthDatabase.statistics(
            packages: try store.packageNames().count, builds: try store.builds(BuildFilter(), finished: nil).count, attempts: all.attempts,
            bytes: (try? Files.status(store.directory.database).size) ?? 0)
    }

    /// As bf-gc does it.
    private func clean(_ call: Call) async throws -> Reply {
        let (store, policy) = (services.store, services.retention)
        let data = try await offloaded(on: .waiting) { () throws(FarmError) in
            var count = 0
            var bytes: Int64 = 0
            do {
                let collector = try Collector(store: store, policy: policy, isDryRun: false, notice: { _ in }) { record in
                    count += 1
                    bytes += record.bytes ?? 0
                }
                try collector.collect()
            } catch let error as FarmError { throw error } catch { throw FarmError(.internalError, "\(error)") }
            store.settle()
            try store.audit(.gc, by: call.requester, data: ["removed": .int(Int64(count))])
            return DsynthDatabase.cleaned(removed: count, bytes: bytes)
        }
        return .dsynth(.ok, data, call)
    }

    @Sendable private func export() throws(FarmError) -> String {
        var entries: [DsynthDatabaseEntry] = []
        for name in try store.packageNames().sorted() {
            var entry = DsynthDatabaseEntry(portdir: name)
            let newest = try store.history(of: name, newest: 1).first
            entry.builtMilliseconds = newest?.endedMilliseconds
            entry.durationMilliseconds = newest?.durationMilliseconds
            if let good = try store.goodResults(of: name).first {
                let artifact = try store.artifacts(of: good.job).first
                entry.digest = good.tree
                entry.version = artifact?.version
                entry.packageFile = artifact?.fileName
                entry.bytes = artifact?.bytes
            }
            entries.append(entry)
        }
        return DsynthDatabaseEntry.export(entries, at: Clock.wallMilliseconds)
    }
}

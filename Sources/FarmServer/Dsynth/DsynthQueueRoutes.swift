import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// go-dsynth's queue: the jobs that wait.
struct DsynthQueueRoutes: Sendable {
    let services: Services

    var routes: [Route] {
        let builds = DsynthBuilds(services: services)
        return [
            Route(.post, "/queue", .dsynthEnqueue, dialect: .dsynth) { try await builds.create($0) },
            Route(.get, "/queue", .dsynthListQueue, dialect: .dsynth) { try await list($0) },
            Route(.delete, "/queue/{entry}", .dsynthDequeue, dialect: .dsynth) { try await remove($0) },
        ]
    }

    private func list(_ call: Call) async throws -> Reply {
        let limit = try call.listLimit
        let store = services.store
        let data = try await offloaded { () throws(FarmError) in
            let queue = try store.queue(atMost: limit)
            let reasons = try store.waits(of: queue.map(\.job.id))
            let names = try store.aliases(of: Array(Set(queue.map(\.job.build))), in: DsynthBuilds.dialect)
            var builds: [BuildID: BuildRecord] = [:]
            var entries: [DsynthQueueEntry] = []
            for queued in queue {
                let build = if let known = builds[queued.job.build] { known } else { try store.build(queued.job.build) }
                builds[build.id] = build
                entries.append(
                    DsynthQueueEntry(
                        job: queued.job, build: names[build.id] ?? build.id.description, queuedMilliseconds: build.createdMilliseconds,
                        reason: reasons[queued.job.id]?.code.rawValue))
            }
            return DsynthQueueEntry.list(entries, total: entries.count)
        }
        return .dsynth(.ok, data, call)
    }

    /// Takes a job, or all of a build that has not ended, out of the queue.
    private func remove(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("entry"))
        let data: JSONObject? = try await offloaded { () throws(FarmError) in
            let target: Target
            if let job = try store.job(text, in: DsynthBuilds.dialect) {
                target = .job(job)
            } else if let build = try store.build(text, in: DsynthBuilds.dialect) {
                target = .build(build)
            } else {
                return nil
            }
            try call.requireOwn(target, in: store)
            let outcome = try store.cancel(target, by: call.name, auditor: call.requester)
            return ["id": .string(text), "removed": .int(Int64(outcome.ended)), "cancelling": .int(Int64(outcome.cancelling.count))]
        }
        guard let data else { throw DsynthError.queueEntryNotFound(text) }
        return .dsynth(.ok, data, call)
    }
}

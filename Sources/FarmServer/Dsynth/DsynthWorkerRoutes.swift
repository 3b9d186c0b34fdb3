import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// go-dsynth's workers: the places in which runners run jobs.
struct DsynthWorkerRoutes: Sendable {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/workers", .dsynthListWorkers, dialect: .dsynth) { call in
                .dsynth(.ok, DsynthWorker.list(try await workers()), call)
            },
            Route(.get, "/workers/{worker}", .dsynthGetWorker, dialect: .dsynth) { call in
                .dsynth(.ok, try await worker(call).detail, call)
            },
            Route(.post, "/workers/{worker}/pause", .dsynthPauseWorker, dialect: .dsynth) { try await pause($0) },
            Route(.post, "/workers/{worker}/resume", .dsynthResumeWorker, dialect: .dsynth) { try await resume($0) },
            Route(.get, "/workers/{worker}/log", .dsynthStreamWorkerLog, dialect: .dsynth) { call in
                let work = try await worker(call).work
                let logs = DsynthLogs(services: services)
                guard let work else { return logs.stream(nil, call) }
                let store = services.store
                let build = try await offloaded { () throws(FarmError) in try store.job(work.job).build }
                return logs.stream(DsynthLogLines(store: store, build: build, only: work.job), call)
            },
        ]
    }

    private func workers() async throws -> [DsynthWorker] {
        let services = services
        return try await offloaded { () throws(FarmError) in try services.hub.workers.workers(in: services.store) }
    }

    private func worker(_ call: Call) async throws -> DsynthWorker {
        let text = call.path("worker")
        let workers = try await workers()
        guard let number = Int(text), workers.indices.contains(number) else { throw DsynthError.workerNotFound(text) }
        return workers[number]
    }

    /// A runner pauses with all its places.
    private func pause(_ call: Call) async throws -> Reply {
        let reason = try await call.object()["reason"]?.string
        return try await change(call) { store, runner throws(FarmError) in
            try store.pause(.runner(runner), by: call.name, reason: reason, auditor: call.requester)
        }
    }

    private func resume(_ call: Call) async throws -> Reply {
        try await change(call) { store, runner throws(FarmError) in try store.resume(.runner(runner), auditor: call.requester) }
    }

    private func change(
        _ call: Call, _ body: @escaping @Sendable (Store, RunnerID) throws(FarmError) -> Void
    ) async throws -> Reply {
        let runner = try await worker(call).runner
        let store = services.store
        try await offloaded(on: .waiting) { () throws(FarmError) in try body(store, runner) }
        return .dsynth(.ok, try await worker(call).detail, call)
    }
}

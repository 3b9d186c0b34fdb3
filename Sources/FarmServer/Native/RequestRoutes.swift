import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// What is asked of builds, jobs and runners: cancel, retry, pause, resume.
struct RequestRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.post, "/builds/{build}/cancel", .cancelBuild) { try await cancel($0, "build") },
            Route(.delete, "/builds/{build}", .deleteBuild) { try await cancel($0, "build") },
            Route(.post, "/jobs/{job}/cancel", .cancelJob) { try await cancel($0, "job") },
            Route(.post, "/builds/{build}/retry", .retryBuild) { try await retry($0) },
            Route(.post, "/jobs/{job}/retry", .retryJob) { try await retry($0) },
            Route(.post, "/pause", .pauseFarm) { try await pause($0) },
            Route(.post, "/resume", .resumeFarm) { try await resume($0) },
            Route(.post, "/builds/{build}/pause", .pauseBuild) { try await pause($0) },
            Route(.post, "/builds/{build}/resume", .resumeBuild) { try await resume($0) },
            Route(.post, "/workers/{worker}/pause", .pauseWorker) { try await pause($0) },
            Route(.post, "/workers/{worker}/resume", .resumeWorker) { try await resume($0) },
        ]
    }

    private func cancel(_ call: Call, _ part: String) async throws -> Reply {
        let store = services.store
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            let target: Target =
                part == "build" ? .build(try store.build(named: call.path(part))) : .job(try store.job(named: call.path(part)))
            try call.requireOwn(target, in: store)
            let outcome = try store.cancel(target, by: call.name, auditor: call.requester)
            return .json(
                .accepted,
                [
                    "ended": .int(Int64(outcome.ended)),
                    "cancelling": .array(outcome.cancelling.map { .string($0.description) }),
                ])
        }
    }

    private func retry(_ call: Call) async throws -> Reply {
        let store = services.store
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            let jobs: [JobID]
            if call.path("job").isEmpty {
                let build = try store.build(named: call.path("build"))
                try call.requireOwn(.build(build), in: store)
                jobs = try store.retryFailed(of: build, auditor: call.requester)
            } else {
                let job = try store.job(named: call.path("job"))
                try call.requireOwn(.job(job), in: store)
                jobs = try store.retry(job, auditor: call.requester)
            }
            return .json(.accepted, ["jobs": .array(jobs.map { .string($0.description) })])
        }
    }

    private func pause(_ call: Call) async throws -> Reply {
        let reason = try await call.object()["reason"]?.string
        let store = services.store
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            try store.pause(call.pauseTarget(in: store), by: call.name, reason: reason, auditor: call.requester)
            return .json(.ok, ["paused": true])
        }
    }

    private func resume(_ call: Call) async throws -> Reply {
        let store = services.store
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            try store.resume(call.pauseTarget(in: store), auditor: call.requester)
            return .json(.ok, ["paused": false])
        }
    }
}

extension Call {
    /// Who asks, in the words of records.
    var name: String { caller.name ?? "bf-serve" }

    /// Who asks, for administrators.
    var requester: Requester { caller.requester(address: context.address) }

    /// Who may only submit may only touch what is theirs.
    /// - Throws: `noPermission`.
    func requireOwn(_ target: Target, in store: Store) throws(FarmError) {
        guard caller.role < .operate else { return }
        let build: BuildID
        switch target {
        case .build(let id): build = id
        case .job(let id): build = try store.job(id).build
        case .attempt(let id): build = try store.attempt(id).build
        case .runner: throw FarmError(.noPermission, "this needs the role operate")
        }
        guard let owner = caller.owner, try store.build(build).owner == owner else {
            throw FarmError(.noPermission, "\(build) was submitted by somebody else; that needs the role operate")
        }
    }

    fileprivate func pauseTarget(in store: Store) throws(FarmError) -> PauseTarget {
        if !path("build").isEmpty { return .build(try store.build(named: path("build"))) }
        guard !path("worker").isEmpty else { return .all }
        guard case .runner(let runner) = try store.resolve(path("worker")) else {
            throw FarmError(.usage, "\(path("worker")) is not the id of a worker")
        }
        return .runner(runner)
    }
}

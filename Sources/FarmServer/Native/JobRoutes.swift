import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem

/// Jobs and their attempts: list, get, why, history.
struct JobRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/jobs", .listJobs, list),
            Route(.get, "/builds/{build}/jobs", .listJobsOfBuild, listOfBuild),
            Route(.get, "/jobs/{job}", .getJob) {
                try await reading($0) { store, call throws(FarmError) in
                    try store.job(store.job(named: call.path("job"))).json
                }
            },
            Route(.get, "/jobs/{job}/why", .explainJob) {
                try await reading($0) { store, call throws(FarmError) in
                    try store.why(store.job(named: call.path("job"))).record(now: Clock.wallMilliseconds)
                }
            },
            Route(.get, "/builds/{build}/why", .explainBuild) {
                try await reading($0) { store, call throws(FarmError) in
                    let build = try store.build(named: call.path("build"))
                    return try store.build(build).whyRecord(store.why(build), now: Clock.wallMilliseconds)
                }
            },
            Route(.get, "/jobs/{job}/inputs", .explainInputs) {
                try await reading($0) { store, call throws(FarmError) in
                    try store.explainInputs(of: store.job(named: call.path("job"))).record
                }
            },
            Route(.get, "/jobs/{job}/attempts", .listAttempts) {
                try await reading($0) { store, call throws(FarmError) in
                    let attempts = try store.attempts(of: store.job(named: call.path("job")))
                    return ["attempts": .array(attempts.map { .object($0.json) })]
                }
            },
            Route(.get, "/attempts/{attempt}", .getAttempt) {
                try await reading($0) { store, call throws(FarmError) in
                    try store.completeAttempt(store.attempt(named: call.path("attempt"))).json
                }
            },
        ]
    }

    private func reading(
        _ call: Call, _ read: @escaping @Sendable (Store, Call) throws(FarmError) -> JSONObject
    ) async throws -> Reply {
        let store = services.store
        return .json(.ok, try await offloaded { () throws(FarmError) in try read(store, call) })
    }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        let request = try JobListRequest(call)
        let cursor = try request.page.cursor.map { text throws(Problem) in
            guard let job = JobID(text) else { throw PageRequest.badCursor(text) }
            return job
        }
        return try await reading(call) { store, _ throws(FarmError) in
            let page = try store.jobs(request.filter, before: cursor, atMost: request.page.limit)
            var object: JSONObject = ["jobs": .array(page.jobs.map { .object($0.json) })]
            object.add("next", page.next?.description)
            return object
        }
    }

    @Sendable private func listOfBuild(_ call: Call) async throws -> Reply {
        let request = try JobListRequest(call)
        let place = try request.page.cursor.map { text throws(Problem) in
            guard let place = Int64(text), place >= 0 else { throw PageRequest.badCursor(text) }
            return place
        }
        return try await reading(call) { store, call throws(FarmError) in
            let build = try store.build(named: call.path("build"))
            let page = try store.jobs(of: build, request.filter, from: place ?? 0, atMost: request.page.limit)
            var object: JSONObject = ["jobs": .array(page.jobs.map { .object($0.json) })]
            object.add("next", page.next.map(String.init))
            return object
        }
    }
}

extension InputExplanation {
    /// The inputs that differ, as `input` records.
    fileprivate var record: JSONObject {
        var object: JSONObject = ["job": .string(job.id.description)]
        object.add("against", lastGood?.description)
        object.add("inputs", .array(changes.map { .object($0.json(of: job.id, against: lastGood)) }))
        return object
    }
}

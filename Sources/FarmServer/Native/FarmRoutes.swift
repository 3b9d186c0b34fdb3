import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem

/// The farm as a whole: its queue, workers, packages, history and statistics.
struct FarmRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/session", .getSession) { call in
                var object: JSONObject = ["role": .string(call.caller.role.rawValue)]
                object.add("name", call.caller.name)
                return .json(.ok, object)
            },
            Route(.get, "/queue", .listQueue, queue),
            Route(.get, "/workers", .listWorkers) {
                try await reading($0) { store, _ throws(FarmError) in
                    let pause = try store.farmPause()
                    var object: JSONObject = ["workers": .array(try store.runners().map { .object($0.json) })]
                    object.add("paused", pause.map(JSONValue.object))
                    return object
                }
            },
            Route(.get, "/workers/{worker}", .getWorker, worker),
            Route(.get, "/packages", .listPackages, packages),
            // A name may contain slashes, so it stands in the query.
            Route(.get, "/history", .listHistory, history),
            Route(.get, "/stats", .getStatistics, statistics),
        ]
    }

    private func reading(
        _ call: Call, _ read: @escaping @Sendable (Store, Call) throws(FarmError) -> JSONObject
    ) async throws -> Reply {
        let store = services.store
        return .json(.ok, try await offloaded { () throws(FarmError) in try read(store, call) })
    }

    @Sendable private func queue(_ call: Call) async throws -> Reply {
        let limit = try call.integer("limit", 1...1_000) ?? 100
        return try await reading(call) { store, _ throws(FarmError) in
            let queue = try store.queue(atMost: limit)
            let reasons = try store.waits(of: queue.map(\.job.id))
            return ["queue": .array(queue.map { .object($0.record(reasons[$0.job.id])) })]
        }
    }

    @Sendable private func worker(_ call: Call) async throws -> Reply {
        try await reading(call) { store, call throws(FarmError) in
            guard case .runner(let id) = try store.resolve(call.path("worker")) else {
                throw FarmError(.usage, "\(call.path("worker")) is not the id of a worker")
            }
            guard let runner = try store.runners().first(where: { $0.id == id }) else {
                throw FarmError(.noInput, "\(id) is not at work")
            }
            return runner.json
        }
    }

    @Sendable private func packages(_ call: Call) async throws -> Reply {
        let page = try PageRequest(call)
        let prefix = call.query("prefix") ?? ""
        return try await reading(call) { store, _ throws(FarmError) in
            let names = try store.packageNames().filter { $0.hasPrefix(prefix) && $0 > (page.cursor ?? "") }.sorted()
            let shown = names.prefix(page.limit)
            var packages: [JSONValue] = []
            for name in shown {
                for result in try store.goodResults(of: name) { packages.append(.object(result.record)) }
            }
            var object: JSONObject = ["packages": .array(packages)]
            object.add("next", names.count > shown.count ? shown.last : nil)
            return object
        }
    }

    @Sendable private func history(_ call: Call) async throws -> Reply {
        guard let package = call.query("package") else { throw Problem(400, "bad_parameter", "package= says whose history") }
        let limit = try call.integer("limit", 1...1_000) ?? 20
        return try await reading(call) { store, _ throws(FarmError) in
            ["history": .array(try store.history(of: package, newest: limit).map { .object($0.json) })]
        }
    }

    @Sendable private func statistics(_ call: Call) async throws -> Reply {
        let grouping = try call.query("by").map { text throws(Problem) in
            guard let grouping = StatisticsGrouping(rawValue: text) else {
                throw Problem(400, "bad_parameter", "by=\(JSONValue.string(text).text) is not known")
            }
            return grouping
        }
        let (name, since) = (call.query("package"), try call.time("since"))
        return try await reading(call) { store, _ throws(FarmError) in
            let groups = try StatisticsReader(store: store, grouping: grouping, name: name, since: since).groups()
            return ["stats": .array(groups.map { .object($0.statistics.json(by: grouping, group: $0.name)) })]
        }
    }
}

extension GoodResult {
    /// The newest good result of a package, for programs.
    fileprivate var record: JSONObject {
        var object: JSONObject = [
            "name": .string(identity.name), "identity": .string(identity.description), "arch": .string(identity.architecture.name),
            "job": .string(job.description),
        ]
        object.add("tree", tree?.description)
        return object
    }
}

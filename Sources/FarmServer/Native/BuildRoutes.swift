import Documents
import FarmAPI
import FarmModel
import FarmStore
import FarmSubmission
import HTTPTypes
import Hummingbird
import Recipes

/// Builds: create, list, get.
struct BuildRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.post, "/builds", .createBuild, create),
            Route(.get, "/builds", .listBuilds, list),
            Route(.get, "/builds/{build}", .getBuild, get),
        ]
    }

    /// Takes documents in YAML, JSON or NDJSON, as bf-submit does. They may not name paths of this machine.
    @Sendable private func create(_ call: Call) async throws -> Reply {
        let options = try SubmitRequest(call).options
        let bytes = try await call.body()
        let services = services
        return try await offloaded { () throws(FarmError) in
            let jobs = try services.documents.read([DocumentInput(name: "body", bytes: bytes, base: nil)])
            switch try Submitter(store: services.store).submit(jobs, options) {
            case .created(let build): return Reply.json(.created, build.json)
            case .existing(let build): return Reply.json(.ok, build.json)
            }
        }
    }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        let filter = try BuildListRequest(call)
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            let page = try store.builds(filter.filter, before: filter.cursor, atMost: filter.limit)
            var object: JSONObject = ["builds": .array(page.builds.map { .object($0.json) })]
            object.add("next", page.next?.description)
            return Reply.json(.ok, object)
        }
    }

    @Sendable private func get(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("build"))
        return try await offloaded { () throws(FarmError) in
            Reply.json(.ok, try store.build(store.build(named: text)).json)
        }
    }
}

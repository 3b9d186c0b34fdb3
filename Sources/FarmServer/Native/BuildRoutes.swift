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
    @Sendable func create(_ call: Call) async throws -> Reply { try await create(call, try await call.body()) }

    func create(_ call: Call, _ bytes: [UInt8]) async throws -> Reply {
        let options = try SubmitRequest(call, secrets: services.webhookSecrets).options
        let services = services
        let prepared = try await offloaded { () throws(FarmError) in
            let jobs = try services.documents.read([DocumentInput(name: "body", bytes: bytes, base: nil)])
            guard !jobs.isEmpty else { throw FarmError(.badInput, "there is no job in the body") }
            return try Submitter(store: services.store, recipes: services.recipes).prepare(jobs, options)
        }
        switch try await services.submissions.submit(prepared) {
        case .created(let build): return .json(.created, build.json)
        case .existing(let build): return .json(.ok, build.json)
        }
    }

    @Sendable func list(_ call: Call) async throws -> Reply {
        let filter = try BuildListRequest(call)
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            let page = try store.builds(filter.filter, before: filter.cursor, atMost: filter.limit)
            let builds =
                filter.wantsForecast ? try page.builds.map { build throws(FarmError) in try build.foretold(by: store) } : page.builds
            var object: JSONObject = ["builds": .array(builds.map { .object($0.json) })]
            object.add("next", page.next?.description)
            return Reply.json(.ok, object)
        }
    }

    @Sendable func get(_ call: Call) async throws -> Reply {
        let (store, text, wantsForecast) = (services.store, call.path("build"), try call.flag("forecast"))
        return try await offloaded { () throws(FarmError) in
            let build = try store.build(store.build(ofAnyDialect: text))
            return Reply.json(.ok, try (wantsForecast ? build.foretold(by: store) : build).json)
        }
    }
}

extension BuildRecord {
    /// The same with what is known of its end, if it has not ended.
    fileprivate func foretold(by store: Store) throws(FarmError) -> BuildRecord {
        var record = self
        var forecaster = store.forecaster(of: id)
        record.forecast = try forecaster.forecast(record)
        return record
    }
}

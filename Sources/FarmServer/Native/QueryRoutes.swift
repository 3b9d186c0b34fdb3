import Documents
import FarmAPI
import FarmModel
import FarmStore
import FarmSubmission
import HTTPTypes
import Hummingbird
import NIOPosix
import Recipes

/// What the tools ask of a farm that is not theirs: one JSON value each way.
struct QueryRoutes {
    let services: Services

    /// The ids of many jobs may stand in a question.
    private static let bodyLimit = 64 << 20

    var routes: [Route] {
        [
            Route(.post, "/queries/{query}", .toolQuery) { try await answer($0, FarmQueries.reading, on: .reading) },
            Route(.post, "/requests/{query}", .toolRequest) { try await answer($0, FarmQueries.requesting, on: .waiting) },
            Route(.post, "/submissions", .toolSubmission, submit),
        ]
    }

    private func answer(_ call: Call, _ queries: [String: any AnyFarmQuery], on pool: NIOThreadPool) async throws -> Reply {
        guard let query = queries[call.path("query")] else {
            throw Problem(
                404, "unknown_query", "there is no question \(JSONValue.string(call.path("query")).text); is the tool newer than bf-serve?")
        }
        let request = try await call.value(limit: Self.bodyLimit)
        let (store, caller) = (services.store, call.queryCaller)
        return try await offloaded(on: pool) { () throws(FarmError) in Reply.json(.ok, try query.answer(request, store, for: caller)) }
    }

    /// As POST builds, with what only a tool says: trees that were uploaded, secrets, and who asks where there are no keys.
    @Sendable private func submit(_ call: Call) async throws -> Reply {
        let value = try await call.value(limit: Self.bodyLimit)
        let (services, caller, isKnown) = (services, call.queryCaller, call.caller.name != nil)
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            var request = try SubmissionRequest(wire: value)
            request.options.readsLocalFiles = false
            if isKnown {
                request.options.owner = caller.owner
                request.options.requester = caller.requester
            }
            var lines = JSONWriter()
            for spec in request.specs {
                lines.write(spec)
                lines.endRecord()
            }
            let jobs = try services.documents.read([DocumentInput(name: "submission", bytes: lines.bytes, base: nil)])
            let answer = SubmissionAnswer(try Submitter(store: services.store).submit(jobs, request.options))
            return Reply.json(answer.isExisting ? .ok : .created, answer.json)
        }
    }
}

extension Call {
    /// Who asks, as questions know them. Without keys it is somebody on this machine, who says by what name.
    var queryCaller: QueryCaller {
        QueryCaller(role: caller.role, owner: caller.owner, requester: requester)
    }
}

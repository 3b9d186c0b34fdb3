import Documents
import FarmModel
import FarmStore
import FarmSubmission
import HTTPTypes
import Hummingbird
import NIOCore
import Recipes

/// `builds` of the native interface: create, list, get.
struct BuildRoutes {
    let store: Store
    let documents: DocumentReader

    private static let listLimit = 100

    func add(to group: RouterGroup<FarmRequestContext>) {
        group.post("builds", use: create)
        group.get("builds", use: list)
        group.get("builds/:id", use: get)
    }

    /// Takes documents in YAML, JSON or NDJSON, as bf-submit does. They may not name paths of this machine.
    @Sendable private func create(_ request: Request, _ context: FarmRequestContext) async throws -> Response {
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: context.maxUploadSize) } catch is NIOTooManyBytesError {
            return problem(.contentTooLarge, "the body is larger than \(SizeText.text(bytes: Int64(context.maxUploadSize)))")
        }
        let (store, documents, bytes) = (store, documents, Array(buffer: body))
        let key = request.headers[HTTPField.Name.idempotencyKey]
        return await offload { () throws(FarmError) in
            let jobs = try documents.read([DocumentInput(name: "body", bytes: bytes, base: nil)])
            var options = SubmitOptions()
            options.key = key
            options.requester = Requester(tool: "bf-serve")
            switch try Submitter(store: store).submit(jobs, options) {
            case .created(let build): return answer(.created, .object(build.json))
            case .existing(let build): return answer(.ok, .object(build.json))
            }
        }
    }

    @Sendable private func list(_ request: Request, _ context: FarmRequestContext) async -> Response {
        let store = store
        return await offload { () throws(FarmError) in
            let builds = try store.recentBuilds(finished: Self.listLimit)
            return answer(.ok, .object(["builds": .array(builds.map { .object($0.json) })]))
        }
    }

    @Sendable private func get(_ request: Request, _ context: FarmRequestContext) async -> Response {
        let (store, id) = (store, context.parameters.get("id") ?? "")
        return await offload { () throws(FarmError) in
            guard let build = BuildID(id) else { throw FarmError(.noInput, "\(JSONValue.string(id).text) is not the id of a build") }
            var object = try store.build(build).json
            object.add("job_records", .array(try store.jobs(of: build).map { .object($0.json) }))
            return answer(.ok, .object(object))
        }
    }
}

extension HTTPField.Name {
    /// A client's own key for a request that it may repeat.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .expect
}

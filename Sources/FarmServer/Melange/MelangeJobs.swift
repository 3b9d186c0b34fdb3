import FarmAPI
import FarmModel
import FarmStore
import FarmSubmission
import HTTPTypes
import HummingbirdCore

/// Jobs of the first melange service: builds of one package each.
struct MelangeJobs: Sendable {
    /// Under this name the farm knows its requests and ids.
    static let dialect = "melange-job"

    let services: Services

    func create(_ call: Call) async throws -> Reply { try await create(call, try await call.body(limit: MelangeError.bodyLimit)) }

    func create(_ call: Call, _ body: [UInt8]) async throws -> Reply {
        let request = try MelangeJobRequest(body: body)
        let options = try SubmitRequest(call, secrets: services.webhookSecrets).options
        let id = try await offloaded(on: .waiting) { Result { () throws(MelangeError) in try store(request, options) } }
        return .melange(.created, MelangeJobAnswer.created(id: try id.get()))
    }

    func list(_ call: Call) async throws -> Reply {
        if call.lacksID { throw MelangeError.jobIDRequired }
        let limit = try call.listLimit
        return try await offloaded { () throws(FarmError) in
            var filter = BuildFilter()
            filter.dialect = Self.dialect
            var answers: [JSONValue] = []
            for build in try services.store.builds(filter, atMost: limit).builds.reversed() {
                guard let job = try services.store.jobs(of: build.id).first else { continue }
                answers.append(try answer(job, of: build).json)
            }
            return .melange(.ok, .array(answers))
        }
    }

    func get(_ call: Call) async throws -> Reply {
        let id = call.path("job")
        return try await offloaded { () throws(FarmError) in
            guard let found = try services.store.job(id, in: Self.dialect) else { return .melange(.jobNotFound(id)) }
            let job = try services.store.job(found)
            return .melange(.ok, try answer(job, of: try services.store.build(job.build)).json)
        }
    }

    /// A job as the service shows it; one of another interface has no request that could be repeated.
    func answer(_ job: JobRecord, of build: BuildRecord) throws(FarmError) -> MelangeJobAnswer {
        let id = try services.store.aliases(of: [job.id], in: Self.dialect)[job.id]
        let data = id == nil ? nil : try services.store.dialectData(of: build.id)
        var answer = MelangeJobAnswer(
            id: id ?? job.id.description, job: job, createdMilliseconds: build.createdMilliseconds,
            request: MelangeJobRequest(stored: data ?? JSONObject()))
        if let id, job.hasResults { answer.place = try services.outputs?.place(job, id: id) }
        return answer
    }

    private func store(_ request: MelangeJobRequest, _ wishes: SubmitOptions) throws(MelangeError) -> String {
        let id = try MelangeError.creatingJob { () throws(FarmError) in try services.unusedID(.melangeJob, of: Self.dialect) }
        let job = try request.job(usual: services.architecture, id: id)
        var options = wishes
        options.dialect = Self.dialect
        options.jobAliases = [job.identity: [id]]
        options.dialectData = request.stored
        return try MelangeError.creatingJob { () throws(FarmError) in
            guard case .existing(let build) = try services.submit([job], options) else { return id }
            guard let known = try services.store.jobs(of: build.id).first else { return id }
            return try services.store.aliases(of: [known.id], in: Self.dialect)[known.id] ?? known.id.description
        }
    }
}

extension Call {
    /// Whether the path ends where an id should stand: the router takes it for that of the list.
    var lacksID: Bool { request.uri.path.hasSuffix("/") }

    /// The most entries of a list of a dialect that knows no pages.
    var listLimit: Int {
        get throws(Problem) { try integer("limit", 1...1_000) ?? 500 }
    }
}

import FarmAPI
import FarmModel
import FarmStore
import FarmSubmission
import Fetching
import HTTPTypes

/// Builds of the second melange service: a job for each package.
struct MelangeBuilds: Sendable {
    /// Under this name the farm knows its requests and ids.
    static let dialect = "melange"

    let services: Services

    func create(_ call: Call) async throws -> Reply { try await create(call, try await call.body(limit: MelangeError.bodyLimit)) }

    func create(_ call: Call, _ body: [UInt8]) async throws -> Reply {
        let options = try SubmitRequest(call, secrets: services.webhookSecrets).options
        let answer = try await offloaded(on: .waiting) { Result { () throws(MelangeError) in try store(body, options) } }
        return .melange(.created, try answer.get())
    }

    func list(_ call: Call) async throws -> Reply {
        if call.lacksID { throw MelangeError.buildIDRequired }
        let limit = try call.listLimit
        return try await offloaded { () throws(FarmError) in
            var filter = BuildFilter()
            filter.dialect = Self.dialect
            var answers: [JSONValue] = []
            for build in try services.store.builds(filter, atMost: limit).builds.reversed() { answers.append(try answer(build).json) }
            return .melange(.ok, .array(answers))
        }
    }

    func get(_ call: Call) async throws -> Reply {
        let id = call.path("build")
        return try await offloaded { () throws(FarmError) in
            guard let build = try services.store.build(id, in: Self.dialect) else { return .melange(.buildNotFound(id)) }
            return .melange(.ok, try answer(try services.store.build(build)).json)
        }
    }

    /// A build as the service shows it; one of another interface has no request that could be repeated.
    func answer(_ build: BuildRecord) throws(FarmError) -> MelangeBuildAnswer {
        let id = try services.store.aliases(of: [build.id], in: Self.dialect)[build.id]
        let data = id == nil ? nil : try services.store.dialectData(of: build.id)
        let jobs = try services.store.jobs(of: build.id)
        var answer = MelangeBuildAnswer(
            id: id ?? build.id.description, build: build, jobs: jobs, data: MelangeBuildData(stored: data ?? JSONObject()))
        answer.backends = try backends(build.id, jobs)
        if let id, let folder = services.outputs { answer.places = try folder.places(jobs, build: id) }
        return answer
    }

    /// Where jobs were built; of a backend that was removed since, only the address is known.
    private func backends(_ build: BuildID, _ jobs: [JobRecord]) throws(FarmError) -> [JobID: MelangeBackend] {
        let used = try services.store.backends(of: build)
        guard !used.isEmpty else { return [:] }
        let known = Dictionary(try services.store.backends().map { ($0.address, MelangeBackend($0)) }) { $1 }
        var backends: [JobID: MelangeBackend] = [:]
        for job in jobs {
            guard let address = used[job.id] else { continue }
            backends[job.id] = known[address] ?? MelangeBackend(address: address, architecture: job.identity.architecture.name)
        }
        return backends
    }

    /// A build of another interface in a list of many, without its jobs: there may be very many of them.
    func outline(_ build: BuildRecord) -> MelangeBuildAnswer {
        MelangeBuildAnswer(id: build.id.description, build: build, jobs: [], data: MelangeBuildData(stored: JSONObject()))
    }

    /// What creating a build answers: from the body to the disk.
    private func store(_ body: [UInt8], _ wishes: SubmitOptions) throws(MelangeError) -> JSONValue {
        let request = try MelangeBuildRequest(body: body)
        let packages = try MelangePackageSet(
            configurations: try texts(of: request.source), mode: request.options.mode ?? .dag, options: request.options,
            usual: services.architecture)
        let jobs = try packages.jobs(request.options, usual: services.architecture)
        var options = wishes
        options.dialect = Self.dialect
        options.secrets = request.options.secrets.mapValues { Array($0.utf8) }
        var data = MelangeBuildData(request, packages)
        if let repository = data.git?.repository { data.git?.repository = CredentialMask.masked(repository) }
        options.dialectData = data.stored
        return try MelangeError.creatingBuild { () throws(FarmError) in
            let id = try services.unusedID(.melangeBuild, of: Self.dialect)
            options.aliases = [id]
            switch try services.submit(jobs, options) {
            case .created: return MelangeBuildAnswer.created(id: id, packages: packages.packages.map(\.name))
            case .existing(let build):
                let names = try services.store.jobs(of: build.id).map(\.identity.name)
                return MelangeBuildAnswer.created(id: try services.store.name(of: build.id, in: Self.dialect), packages: names)
            }
        }
    }

    private func texts(of source: MelangeBuildRequest.Source) throws(MelangeError) -> [String] {
        switch source {
        case .texts(let texts): texts
        case .git(let source): try GitConfigurations(source, cache: services.store.directory.cache + "/sources").texts()
        }
    }
}

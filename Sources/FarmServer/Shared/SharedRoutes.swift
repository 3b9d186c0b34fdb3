import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// The paths that clients of several services ask for: told apart by `?dialect=`, else by the body or by whose the resource is.
struct SharedRoutes {
    let services: Services

    private var melangeJobs: MelangeJobs { MelangeJobs(services: services) }
    private var melangeBuilds: MelangeBuilds { MelangeBuilds(services: services) }
    private var dsynthBuilds: DsynthBuilds { DsynthBuilds(services: services) }
    private var native: BuildRoutes { BuildRoutes(services: services) }

    var routes: [Route] {
        [
            Route(.post, "/jobs", .createSharedJob, dialect: .melange) { try await createJob($0) },
            Route(.get, "/jobs", .listSharedJobs, dialect: .melange) { try await listJobs($0) },
            Route(.get, "/jobs/{job}", .getSharedJob, dialect: .melange) { try await getJob($0) },
            Route(.post, "/builds", .createSharedBuild, dialect: .melange) { try await createBuild($0) },
            Route(.get, "/builds", .listSharedBuilds, dialect: .melange) { try await listBuilds($0) },
            Route(.get, "/builds/{build}", .getSharedBuild, dialect: .melange) { try await getBuild($0) },
            Route(.delete, "/builds/{build}", .dsynthCancelBuild, dialect: .dsynth) { try await dsynthBuilds.cancel($0) },
            Route(.post, "/builds/{build}/retry", .dsynthRetryBuild, dialect: .dsynth) { try await dsynthBuilds.retry($0) },
            Route(.get, "/stats", .getSharedStatistics, dialect: .dsynth) { try await DsynthStats(services: services).shared($0) },
        ]
    }

    private func createJob(_ call: Call) async throws -> Reply {
        let body = try await call.body(limit: MelangeError.bodyLimit)
        switch try call.dialect ?? Dialect.ofJobRequest(body) {
        case .melange, .dsynth: return try await melangeJobs.create(call, body)
        case .native: return try await call.answer(in: .native) { try await native.create(call, body) }
        }
    }

    private func createBuild(_ call: Call) async throws -> Reply {
        let body = try await call.body(limit: MelangeError.bodyLimit)
        switch try call.dialect ?? Dialect.ofBuildRequest(body) {
        case .melange: return try await melangeBuilds.create(call, body)
        case .dsynth: return try await call.answer(in: .dsynth) { try await dsynthBuilds.create(call, body) }
        case .native: return try await call.answer(in: .native) { try await native.create(call, body) }
        }
    }

    /// A list in one dialect if that is asked for, else all jobs, each as the service shows it.
    private func listJobs(_ call: Call) async throws -> Reply {
        if call.lacksID { throw MelangeError.jobIDRequired }
        switch try call.dialect {
        case .native: return try await call.answer(in: .native) { try await listNativeJobs(call) }
        case .melange: return try await melangeJobs.list(call)
        case .dsynth, nil: break
        }
        let limit = try call.listLimit
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            var builds: [BuildID: BuildRecord] = [:]
            var answers: [JSONValue] = []
            for job in try store.jobs(JobFilter(), atMost: limit).jobs.reversed() {
                let build = if let known = builds[job.build] { known } else { try store.build(job.build) }
                builds[job.build] = build
                answers.append(try melangeJobs.answer(job, of: build).json)
            }
            return .melange(.ok, .array(answers))
        }
    }

    private func listNativeJobs(_ call: Call) async throws -> Reply {
        let limit = try call.listLimit
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            let jobs = try store.jobs(JobFilter(), atMost: limit).jobs
            return .json(.ok, ["jobs": .array(jobs.map { .object($0.json) })])
        }
    }

    private func getJob(_ call: Call) async throws -> Reply {
        let id = call.path("job")
        guard try call.dialect ?? Dialect.ofID(id) == .native else { return try await melangeJobs.get(call) }
        let store = services.store
        return try await call.answer(in: .native) {
            try await offloaded { () throws(FarmError) in Reply.json(.ok, try store.job(store.job(ofAnyDialect: id)).json) }
        }
    }

    /// All builds, each in the dialect of who submitted it, unless one is asked for.
    private func listBuilds(_ call: Call) async throws -> Reply {
        if call.lacksID { throw MelangeError.buildIDRequired }
        switch try call.dialect {
        case .native: return try await call.answer(in: .native) { try await native.list(call) }
        case .melange: return try await melangeBuilds.list(call)
        case .dsynth: return try await call.answer(in: .dsynth) { try await dsynthBuilds.list(call) }
        case nil: break
        }
        let limit = try call.listLimit
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            let builds = try store.builds(BuildFilter(), atMost: limit).builds.reversed()
            let dsynth = try store.aliases(of: builds.map(\.id), in: DsynthBuilds.dialect)
            let melange = try store.aliases(of: builds.map(\.id), in: MelangeBuilds.dialect)
            var answers: [JSONValue] = []
            for build in builds {
                if let id = dsynth[build.id] {
                    answers.append(.object(try dsynthBuilds.listed(build, id)))
                } else if melange[build.id] != nil {
                    answers.append(try melangeBuilds.answer(build).json)
                } else {
                    answers.append(melangeBuilds.outline(build).json)
                }
            }
            return .melange(.ok, .array(answers))
        }
    }

    private func getBuild(_ call: Call) async throws -> Reply {
        switch try call.dialect ?? Dialect.ofBuildPath(call.path("build")) {
        case .native: return try await call.answer(in: .native) { try await native.get(call) }
        case .dsynth: return try await call.answer(in: .dsynth) { try await dsynthBuilds.get(call) }
        case .melange: return try await melangeBuilds.get(call)
        }
    }
}

extension Call {
    /// The dialect that the query asks for: `?dialect=`, or `?envelope=true` for go-dsynth's.
    var dialect: Dialect? {
        get throws(Problem) {
            if let word = query("dialect") {
                if let dialect = Dialect(rawValue: word) { return dialect }
                let known = Dialect.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(400, "bad_parameter", "dialect=\(JSONValue.string(word).text) is not known; there are \(known)")
            }
            return try flag("envelope") ? .dsynth : nil
        }
    }

    /// Answers in a dialect that was found out only now: what goes wrong is told in it, too.
    func answer(in dialect: Route.Dialect, _ body: () async throws -> Reply) async throws -> Reply {
        do { return try await body() } catch let error as CancellationError { throw error } catch {
            return dialect.reply(to: error, requestID: context.requestID)
        }
    }
}

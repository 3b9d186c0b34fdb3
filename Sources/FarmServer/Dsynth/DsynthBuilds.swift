import FarmAPI
import FarmModel
import FarmStore
import FarmSubmission
import HTTPTypes
import HostSystem

/// Builds of go-dsynth: packages by name.
struct DsynthBuilds: Sendable {
    /// Under this name the farm knows its requests and ids.
    static let dialect = "dsynth"

    let services: Services

    private var store: Store { services.store }

    func create(_ call: Call) async throws -> Reply { try await create(call, try await call.body()) }

    func create(_ call: Call, _ body: [UInt8]) async throws -> Reply {
        let options = try SubmitRequest(call, secrets: services.webhookSecrets).options
        let data = try await offloaded(on: .waiting) { Result { () throws(DsynthError) in try submit(body, options) } }
        return .dsynth(.created, try data.get(), call)
    }

    func list(_ call: Call) async throws -> Reply {
        let request = try BuildListRequest(call)
        let data = try await offloaded { () throws(FarmError) in
            let page = try store.builds(request.filter, before: request.cursor, atMost: request.limit)
            let names = try store.aliases(of: page.builds.map(\.id), in: Self.dialect)
            var builds: [DsynthBuild] = []
            for build in page.builds { builds.append(try shown(build, names[build.id])) }
            return DsynthBuild.list(builds, next: page.next?.description)
        }
        return .dsynth(.ok, data, call)
    }

    func get(_ call: Call) async throws -> Reply {
        .dsynth(
            .ok,
            try await change(call) { build, id throws(FarmError) in
                try shown(try store.build(build), id).detail(try store.jobs(of: build))
            }, call)
    }

    func cancel(_ call: Call) async throws -> Reply {
        let data = try await change(call) { build, id throws(FarmError) in
            try call.requireOwn(.build(build), in: store)
            let outcome = try store.cancel(.build(build), by: call.name, auditor: call.requester)
            let status = outcome.cancelling.isEmpty ? "cancelled" : "cancelling"
            return DsynthBuild.changed(id: id, status: status, jobs: outcome.ended + outcome.cancelling.count)
        }
        return .dsynth(.ok, data, call)
    }

    func retry(_ call: Call) async throws -> Reply {
        let data = try await change(call) { build, id throws(FarmError) in
            try call.requireOwn(.build(build), in: store)
            let jobs = try store.retryFailed(of: build, auditor: call.requester)
            return DsynthBuild.changed(id: id, status: jobs.isEmpty ? "unchanged" : "queued", jobs: jobs.count)
        }
        return .dsynth(.ok, data, call)
    }

    /// A build as go-dsynth shows it; of one of another interface the profile and the names that were asked for are not known.
    func shown(_ build: BuildRecord, _ id: String?) throws(FarmError) -> DsynthBuild {
        let data = id == nil ? nil : try store.dialectData(of: build.id)
        return DsynthBuild(id: id ?? build.id.description, build: build, request: DsynthBuildRequest(stored: data ?? JSONObject()))
    }

    /// A build in a list of those of all dialects, whose readers look for an id under this key.
    func listed(_ build: BuildRecord, _ id: String) throws(FarmError) -> JSONObject {
        var object: JSONObject = ["id": .string(id)]
        for member in try shown(build, id).summary.members { object.add(member.key, member.value) }
        return object
    }

    /// Does something with the build that the path names.
    private func change(
        _ call: Call, _ body: @escaping @Sendable (BuildID, String) throws(FarmError) -> JSONObject
    ) async throws -> JSONObject {
        let text = call.path("build")
        let data: JSONObject? = try await offloaded(on: .waiting) { () throws(FarmError) in
            guard let build = try store.build(text, in: Self.dialect) else { return nil }
            return try body(build, try store.name(of: build, in: Self.dialect))
        }
        guard let data else { throw DsynthError.buildNotFound(text) }
        return data
    }

    /// What creating a build answers: from the body to the disk.
    private func submit(_ body: [UInt8], _ wishes: SubmitOptions) throws(DsynthError) -> JSONObject {
        var request = try DsynthBuildRequest(body: body)
        let documents = NewestDocuments(store: store, documents: services.documents, missingNeeds: wishes.missingNeeds)
        let jobs = try documents.jobs(request.packages)
        do throws(FarmError) {
            let profile = try DsynthProfiles(store: store).profile(request.profile)
            request.profile = profile.name
            var options = wishes
            options.dialect = Self.dialect
            options.isForced = wishes.isForced || request.isForced || profile.isForced
            options.priority += profile.priority
            options.labels += profile.labels.filter { !wishes.labels.contains($0) }
            options.dialectData = request.stored
            let id = try services.unusedID(.dsynthBuild, of: Self.dialect)
            options.aliases = [id]
            switch try services.submit(jobs, options) {
            case .created(let build): return try created(build, id)
            case .existing(let build): return try created(build, try store.name(of: build.id, in: Self.dialect))
            }
        } catch { throw DsynthError(error) }
    }

    private func created(_ build: BuildRecord, _ id: String) throws(FarmError) -> JSONObject {
        DsynthBuild.created(id: id, queued: build.tally.total, estimateMilliseconds: try estimate(build))
    }

    /// How long a build will take; where no runner is at work to tell by, as long as one would take for all of it.
    private func estimate(_ build: BuildRecord) throws(FarmError) -> Int64 {
        var forecaster = store.forecaster(of: build.id)
        if let forecast = try forecaster.forecast(build) { return max(0, forecast.endMilliseconds - Clock.wallMilliseconds) }
        let waiting = try store.jobs(of: build.id).filter { !$0.state.isTerminal }
        let seconds = try store.usualDurations(of: waiting.map(\.identity)).values.reduce(0, +)
        return Int64(seconds * 1000)
    }
}

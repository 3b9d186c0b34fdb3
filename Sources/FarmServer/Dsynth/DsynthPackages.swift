import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Recipes

/// What go-dsynth's clients ask of packages.
struct DsynthPackages: Sendable {
    let services: Services

    private var store: Store { services.store }

    private static let historyLimit = 100

    var routes: [Route] {
        [
            Route(.get, "/packages", .dsynthListPackages, dialect: .dsynth) { try await list($0) },
            Route(.get, "/packages/{portdir...}", .dsynthGetPackage, dialect: .dsynth) { try await get($0) },
        ]
    }

    private func list(_ call: Call) async throws -> Reply {
        let limit = try call.listLimit
        let after = call.query("cursor") ?? ""
        let data = try await offloaded { () throws(FarmError) in
            let names = try store.packageNames().filter { $0 > after }.sorted()
            var packages: [DsynthPackage] = []
            for name in names.prefix(limit) { packages.append(try package(name, withNeeds: false)) }
            return DsynthPackage.list(packages, next: names.count > limit ? packages.last?.portdir : nil)
        }
        return .dsynth(.ok, data, call)
    }

    private func get(_ call: Call) async throws -> Reply {
        let remainder = PercentText.decoded(call.rest) ?? ""
        let data: JSONObject? = try await offloaded { () throws(FarmError) in
            for reading in DsynthPackagePath.readings(of: remainder) where try isKnown(reading.portdir) { return try part(reading) }
            return nil
        }
        guard let data else { throw DsynthError.packageNotFound(remainder) }
        return .dsynth(.ok, data, call)
    }

    private func isKnown(_ name: String) throws(FarmError) -> Bool {
        if try !store.newestDocuments(of: name).isEmpty { return true }
        return try !store.history(of: name, newest: 1).isEmpty
    }

    private func part(_ path: DsynthPackagePath) throws(FarmError) -> JSONObject {
        switch path.part {
        case nil: return try package(path.portdir, withNeeds: true).json
        case .deps: return try package(path.portdir, withNeeds: true).deps
        case .history: return DsynthPackage.history(of: path.portdir, try builds(of: path.portdir, atMost: Self.historyLimit))
        case .status: return try status(of: path.portdir)
        }
    }

    private func package(_ name: String, withNeeds: Bool) throws(FarmError) -> DsynthPackage {
        var package = DsynthPackage(portdir: name)
        package.lastBuild = try builds(of: name, atMost: 1).first
        package.lastBuild?.build = nil
        if let good = try store.goodResults(of: name).first, let job = try? store.job(good.job) {
            package.version = job.version
            package.packageFile = try store.artifacts(of: job.id).compactMap(\.fileName).first
        }
        guard withNeeds else { return package }
        for document in try store.newestDocuments(of: name) {
            guard let spec = try services.documents.read(stored: document.text, name: "job \(document.job)") else { continue }
            package.version = package.version ?? spec.version
            package.buildNeeds += spec.needs.map(\.name).filter { !package.buildNeeds.contains($0) }
        }
        return package
    }

    private func builds(of name: String, atMost limit: Int) throws(FarmError) -> [DsynthPackage.Build] {
        let records = try store.history(of: name, newest: limit)
        let names = try store.aliases(of: Array(Set(records.map(\.build))), in: DsynthBuilds.dialect)
        return records.map { DsynthPackage.Build($0, build: names[$0.build] ?? $0.build.description) }
    }

    /// What it does now, else how it ended last.
    private func status(of name: String) throws(FarmError) -> JSONObject {
        var filter = JobFilter()
        filter.name = name
        guard let job = try store.jobs(filter, atMost: 1).jobs.first else {
            return DsynthPackage.status(of: name, try builds(of: name, atMost: 1).first, phase: nil)
        }
        let phase = try store.runningJobs(of: job.build, atMost: 1_000).first { $0.job.id == job.id }?.phase
        let created = try store.build(job.build).createdMilliseconds
        let build = DsynthPackage.Build(
            status: job.state == .pending ? "queued" : job.state.rawValue,
            timeMilliseconds: job.endedMilliseconds ?? job.startedMilliseconds ?? created, durationMilliseconds: nil,
            build: try store.name(of: job.build, in: DsynthBuilds.dialect))
        return DsynthPackage.status(of: name, build, phase: phase)
    }
}

extension ArtifactRecord {
    /// The name of its file, if it is one.
    var fileName: String? { path.flatMap { $0.split(separator: "/").last.map(String.init) } }
}

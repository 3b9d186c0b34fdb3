import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// The machines that build, as the second melange service manages them.
struct MelangeBackends: Sendable {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/backends", .melangeListBackends, dialect: .melange) { try await list($0) },
            Route(.post, "/backends", .melangeAddBackend, dialect: .melange) { try await add($0) },
            Route(.delete, "/backends", .melangeRemoveBackend, dialect: .melange) { try await remove($0) },
            Route(.get, "/backends/status", .melangeBackendStatus, dialect: .melange) { try await status($0) },
        ]
    }

    private func list(_ call: Call) async throws -> Reply {
        let architecture = call.query("arch").flatMap { $0.isEmpty ? nil : $0 }
        let backends = try await backends()
        return .melange(.ok, MelangeBackend.list(backends, architecture: architecture))
    }

    private func status(_ call: Call) async throws -> Reply {
        let store = services.store
        let statuses = try await offloaded { () throws(FarmError) in
            let reports = try store.backendReports()
            return try store.backends().map { backend in
                let report = reports.first { $0.address == backend.address }
                return MelangeBackendStatus(
                    MelangeBackend(backend), activeJobs: report?.running ?? 0, failures: report?.failures ?? 0,
                    isCircuitOpen: report?.isBreakerOpen ?? false, lastFailureMilliseconds: report?.lastFailureMilliseconds)
            }
        }
        return .melange(.ok, MelangeBackendStatus.list(statuses))
    }

    private func add(_ call: Call) async throws -> Reply {
        let backend = try MelangeBackend(body: try await call.body())
        let (store, requester) = (services.store, call.requester)
        let isNew = try await offloaded(on: .waiting) { () throws(FarmError) in try store.add(BackendRecord(backend), by: requester) }
        guard isNew else { throw MelangeError.backendExists(backend.address) }
        return .melange(.created, .object(backend.json))
    }

    private func remove(_ call: Call) async throws -> Reply {
        let address = try MelangeBackend.address(ofRemoval: try await call.body())
        let (store, requester) = (services.store, call.requester)
        switch try await offloaded(
            on: .waiting, { () throws(FarmError) in try store.removeBackend(address, keepsOne: true, by: requester) })
        {
        case .removed: return Reply(.noContent)
        case .unknown: throw MelangeError.backendNotFound(address)
        case .last: throw MelangeError.lastBackend
        }
    }

    private func backends() async throws -> [MelangeBackend] {
        let store = services.store
        return try await offloaded { () throws(FarmError) in try store.backends().map(MelangeBackend.init) }
    }
}

extension BackendRecord {
    fileprivate init(_ backend: MelangeBackend) {
        self.init(address: backend.address, architecture: backend.architecture, labels: backend.labels, maxJobs: backend.maxJobs)
    }
}

extension MelangeBackend {
    /// As the farm knows it.
    init(_ record: BackendRecord) {
        self.init(address: record.address, architecture: record.architecture, labels: record.labels, maxJobs: record.maxJobs)
    }
}

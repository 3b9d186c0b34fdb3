import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// The machines that run jobs for the farm over the network.
struct BackendRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/backends", .listBackends, list), Route(.post, "/backends", .addBackend, add),
            Route(.delete, "/backends", .removeBackend, remove), Route(.post, "/backends/drain", .drainBackend, drain),
            Route(.post, "/backends/resume", .resumeBackend, resume), Route(.post, "/backends/probe", .probeBackend, probe),
        ]
    }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            .json(
                .ok,
                [
                    "backends": .array(try store.backendReports().map { .object($0.json) }), "pool": .object(try store.backendPool().json),
                ])
        }
    }

    @Sendable private func add(_ call: Call) async throws -> Reply {
        let object = try await call.object()
        if let other = object.members.first(where: { !BackendRecord.requestKeys.contains($0.key) }) {
            throw Problem(
                422, "bad_input",
                "\(JSONValue.string(other.key).text) is not known; there is \(BackendRecord.requestKeys.joined(separator: ", "))")
        }
        let backend: BackendRecord
        do throws(FarmError) { backend = try BackendRecord(request: object) } catch { throw Problem(422, "bad_input", error.message) }
        let (store, requester) = (services.store, call.requester)
        let isNew = try await offloaded(on: .waiting) { () throws(FarmError) in try store.add(backend, by: requester) }
        guard isNew else { throw Problem(409, "exists", "\(backend.address) is a backend already; remove it first to change it") }
        return .json(.created, backend.json)
    }

    @Sendable private func remove(_ call: Call) async throws -> Reply {
        let address = try address(call)
        let (store, requester) = (services.store, call.requester)
        switch try await offloaded(
            on: .waiting, { () throws(FarmError) in try store.removeBackend(address, keepsOne: true, by: requester) })
        {
        case .removed: return Reply(.noContent)
        case .unknown: throw Self.unknown(address)
        case .last: throw Problem(409, "last_backend", "\(address) is the only backend; add another one first")
        }
    }

    @Sendable private func drain(_ call: Call) async throws -> Reply {
        let reason = call.query("reason")
        return try await change(call) { store, address, requester throws(FarmError) in
            try store.drainBackend(address, by: requester, reason: reason)
        }
    }

    @Sendable private func resume(_ call: Call) async throws -> Reply {
        try await change(call) { store, address, requester throws(FarmError) in try store.resumeBackend(address, by: requester) }
    }

    @Sendable private func probe(_ call: Call) async throws -> Reply {
        try await change(call) { store, address, _ throws(FarmError) in try store.requestProbe(of: address) }
    }

    /// Changes a backend and answers with it.
    private func change(
        _ call: Call, _ body: @escaping @Sendable (Store, String, Requester) throws(FarmError) -> Bool
    ) async throws -> Reply {
        let (address, store, requester) = (try address(call), services.store, call.requester)
        let report = try await offloaded(on: .waiting) { () throws(FarmError) -> BackendReport? in
            guard try body(store, address, requester) else { return nil }
            return try store.backendReports().first { $0.address == address }
        }
        guard let report else { throw Self.unknown(address) }
        return .json(.ok, report.json)
    }

    private func address(_ call: Call) throws -> String {
        guard let address = call.query("address") else { throw Problem(400, "bad_parameter", "address= says which backend") }
        return address
    }

    private static func unknown(_ address: String) -> Problem {
        Problem(404, "not_found", "there is no backend \(JSONValue.string(address).text)")
    }
}

extension Operation {
    fileprivate static let listBackends = Operation(
        "listBackends", "The machines that run jobs over the network, and what holds for all of them", role: .read,
        answers: [
            .json(
                200, "The backends.",
                [
                    "type": "object", "required": ["backends", "pool"],
                    "properties": [
                        "backends": ["type": "array", "items": .object(.reference("backend"))],
                        "pool": [
                            "type": "object", "required": ["max_jobs", "failure_threshold", "recovery_ms"],
                            "properties": [
                                "max_jobs": ["type": "integer"], "failure_threshold": ["type": "integer"],
                                "recovery_ms": ["type": "integer"],
                            ],
                        ],
                    ],
                ])
        ])
    fileprivate static let addBackend = Operation(
        "addBackend", "Add a machine that runs jobs over the network", role: .operate,
        body: .json([
            "type": "object", "required": ["address", "arch"], "additionalProperties": false,
            "properties": [
                "address": ["type": "string", "pattern": "^(tcp|unix|docker|docker-container|sandbox)://[!-~]+$", "maxLength": 300],
                "arch": ["type": "string"],
                "labels": ["type": "object", "additionalProperties": ["type": "string"], "maxProperties": 100],
                "max_jobs": ["type": "integer", "minimum": 1, "maximum": 10000],
                "backend_kind": ["type": "string", "enum": .array(BackendKind.allCases.map { .string($0.rawValue) })],
                "weight": ["type": "integer", "minimum": 1, "maximum": 100],
                "emulates": ["type": "array", "items": ["type": "string"], "maxItems": 20],
                "runtime": ["type": "string", "pattern": "^[!-~]+$", "maxLength": 300],
            ],
        ]),
        answers: [.record("backend", "The backend.", status: 201)], problems: [409: "There is a backend with this address already."])
    private static let unknown = "There is no such backend."

    fileprivate static let removeBackend = Operation(
        "removeBackend", "Remove a backend; what runs on it goes on", role: .operate,
        query: [Parameter("address", "Which one.")], answers: [Answer(204, "It is gone.")],
        problems: [404: unknown, 409: "It is the only one, and stays."])

    fileprivate static let drainBackend = Operation(
        "drainBackend", "Give a backend no more jobs; what runs on it goes on", role: .operate,
        query: [Parameter("address", "Which one."), Parameter("reason", "Shown to whoever asks why nothing goes there.")],
        answers: [.record("backend", "The backend.")], problems: [404: unknown])
    fileprivate static let resumeBackend = Operation(
        "resumeBackend", "Give a backend jobs again, also one that rests after failures", role: .operate,
        query: [Parameter("address", "Which one.")], answers: [.record("backend", "The backend.")], problems: [404: unknown])
    fileprivate static let probeBackend = Operation(
        "probeBackend", "Ask a backend how it is; its record tells when that was", role: .operate,
        query: [Parameter("address", "Which one.")], answers: [.record("backend", "The backend, mostly before its answer.")],
        problems: [404: unknown])
}

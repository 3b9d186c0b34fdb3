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
            Route(.delete, "/backends", .removeBackend, remove),
        ]
    }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            .json(
                .ok,
                [
                    "backends": .array(try store.backends().map { .object($0.json) }), "pool": .object(try store.backendPool().json),
                ])
        }
    }

    @Sendable private func add(_ call: Call) async throws -> Reply {
        let backend = try BackendRecord(request: await call.object(of: "address", "arch", "labels", "max_jobs"))
        let (store, requester) = (services.store, call.requester)
        let isNew = try await offloaded(on: .waiting) { () throws(FarmError) in try store.add(backend, by: requester) }
        guard isNew else { throw Problem(409, "exists", "\(backend.address) is a backend already; remove it first to change it") }
        return .json(.created, backend.json)
    }

    @Sendable private func remove(_ call: Call) async throws -> Reply {
        guard let address = call.query("address") else { throw Problem(400, "bad_parameter", "address= says which backend") }
        let (store, requester) = (services.store, call.requester)
        switch try await offloaded(on: .waiting, { () throws(FarmError) in try store.removeBackend(address, by: requester) }) {
        case .removed: return Reply(.noContent)
        case .unknown: throw Problem(404, "not_found", "there is no backend \(JSONValue.string(address).text)")
        case .last: throw Problem(409, "last_backend", "\(address) is the only backend; add another one first")
        }
    }
}

extension BackendRecord {
    /// Reads `{"address", "arch", "labels", "max_jobs"}`.
    fileprivate init(request object: JSONObject) throws(Problem) {
        guard let address = object["address"]?.string, Self.isAddress(address) else {
            throw Self.refusal("a backend needs an address that begins with one of \(Self.schemes.joined(separator: ", "))")
        }
        guard let architecture = object["arch"]?.string.flatMap(Architecture.init) else {
            throw Self.refusal("a backend needs an arch, one of \(Architecture.names.joined(separator: ", "))")
        }
        self.init(address: address, architecture: architecture.name)
        if let value = object["labels"] { labels = try Self.labels(value) }
        if let value = object["max_jobs"] {
            guard let number = value.int, (1...10_000).contains(number) else { throw Self.refusal("max_jobs: expected 1 to 10000") }
            maxJobs = Int(number)
        }
    }

    private static func labels(_ value: JSONValue) throws(Problem) -> [String: String] {
        let members = value.object?.members ?? []
        let texts = members.compactMap { member in member.value.string.map { (member.key, $0) } }
        guard value.object != nil, texts.count == members.count, texts.count <= 100 else {
            throw refusal("labels: expected an object of at most 100 texts")
        }
        return Dictionary(texts) { first, _ in first }
    }

    private static func refusal(_ detail: String) -> Problem { Problem(422, "bad_input", detail) }
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
                "address": ["type": "string", "pattern": "^(tcp|unix|docker|docker-container)://[!-~]+$", "maxLength": 300],
                "arch": ["type": "string"],
                "labels": ["type": "object", "additionalProperties": ["type": "string"], "maxProperties": 100],
                "max_jobs": ["type": "integer", "minimum": 1, "maximum": 10000],
            ],
        ]),
        answers: [.record("backend", "The backend.", status: 201)], problems: [409: "There is a backend with this address already."])
    fileprivate static let removeBackend = Operation(
        "removeBackend", "Remove a backend; what runs on it goes on", role: .operate,
        query: [Parameter("address", "Which one.")], answers: [Answer(204, "It is gone.")],
        problems: [404: "There is no such backend.", 409: "It is the only one, and stays."])
}

public import FarmModel

/// A machine that builds, as the second melange service shows and takes it.
public struct MelangeBackend: Sendable, Equatable {
    /// Where it listens, for instance `tcp://host:1234`.
    public var address: String
    /// What it builds for.
    public var architecture: String
    /// What requests may ask of it.
    public var labels: [String: String]
    /// How many jobs it runs at once; nil is the pool's own number.
    public var maxJobs: Int?

    /// Creates a backend.
    public init(address: String, architecture: String, labels: [String: String] = [:], maxJobs: Int? = nil) {
        self.address = address
        self.architecture = architecture
        self.labels = labels
        self.maxJobs = maxJobs
    }

    /// Reads the body of `POST /api/v1/backends`.
    /// - Throws: `MelangeError` with status 400.
    public init(body: [UInt8]) throws(MelangeError) {
        self = try MelangeError.reading { () throws(RequestObject.Fault) in
            let object = try RequestObject(body: body)
            let maxJobs = try object.integer("maxJobs")
            guard (0...10_000).contains(maxJobs ?? 0) else { throw RequestObject.Fault(reason: "maxJobs: expected 0 to 10000") }
            return Self(
                address: try object.string("addr") ?? "", architecture: try object.string("arch") ?? "",
                labels: try object.map("labels") ?? [:], maxJobs: maxJobs.flatMap { $0 == 0 ? nil : Int($0) })
        }
        guard !address.isEmpty else { throw .addressRequired }
        guard !architecture.isEmpty else { throw MelangeError(400, "arch is required") }
    }

    /// The address in the body of `DELETE /api/v1/backends`.
    /// - Throws: `MelangeError` with status 400.
    public static func address(ofRemoval body: [UInt8]) throws(MelangeError) -> String {
        let address = try MelangeError.reading { () throws(RequestObject.Fault) in try RequestObject(body: body).string("addr") }
        guard let address, !address.isEmpty else { throw .addressRequired }
        return address
    }

    /// As packages show where they were built.
    var short: JSONObject {
        var object: JSONObject = ["addr": .string(address), "arch": .string(architecture)]
        object.add("labels", labels.isEmpty ? nil : GoText.map(labels))
        return object
    }

    /// As lists show it, and as adding it answers.
    public var json: JSONObject {
        var object = short
        object.add("maxJobs", maxJobs.map(Int64.init))
        return object
    }

    /// What `GET /api/v1/backends` answers.
    /// - Parameter architecture: Shows only backends for it; the architectures of all are listed in any case.
    public static func list(_ backends: [MelangeBackend], architecture: String?) -> JSONValue {
        var architectures: [String] = []
        for backend in backends where !architectures.contains(backend.architecture) { architectures.append(backend.architecture) }
        let chosen = backends.filter { architecture == nil || $0.architecture == architecture }
        return [
            "architectures": .array(architectures.map(JSONValue.string)), "backends": .array(chosen.map { .object($0.json) }),
        ]
    }
}

/// A backend and how it fares, as `GET /api/v1/backends/status` shows it.
public struct MelangeBackendStatus: Sendable, Equatable {
    /// The backend.
    public var backend: MelangeBackend
    /// How many jobs it runs.
    public var activeJobs: Int
    /// How often it failed since it last succeeded.
    public var failures: Int
    /// Whether it is left alone for a while because it failed.
    public var isCircuitOpen: Bool
    /// When it last failed, in milliseconds since 1970.
    public var lastFailureMilliseconds: Int64?

    /// Creates a status.
    public init(
        _ backend: MelangeBackend, activeJobs: Int = 0, failures: Int = 0, isCircuitOpen: Bool = false,
        lastFailureMilliseconds: Int64? = nil
    ) {
        self.backend = backend
        self.activeJobs = activeJobs
        self.failures = failures
        self.isCircuitOpen = isCircuitOpen
        self.lastFailureMilliseconds = lastFailureMilliseconds
    }

    /// The status.
    public var json: JSONObject {
        var object = backend.json
        object.add("activeJobs", Int64(activeJobs))
        object.add("failures", Int64(failures))
        object.add("circuitOpen", .bool(isCircuitOpen))
        object.add("lastFailure", lastFailureMilliseconds.map(GoText.time) ?? GoText.zeroTime)
        return object
    }

    /// What `GET /api/v1/backends/status` answers.
    public static func list(_ backends: [MelangeBackendStatus]) -> JSONValue { ["backends": .array(backends.map { .object($0.json) })] }
}

extension MelangeError {
    /// A backend without an address.
    static let addressRequired = MelangeError(400, "addr is required")
    /// The pool must not become empty.
    public static let lastBackend = MelangeError(400, "cannot remove the last backend")

    /// A backend that is there already.
    public static func backendExists(_ address: String) -> MelangeError {
        MelangeError(409, "backend with addr \(address) already exists")
    }

    /// No backend has this address.
    public static func backendNotFound(_ address: String) -> MelangeError { MelangeError(404, "backend with addr \(address) not found") }
}

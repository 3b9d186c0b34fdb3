public import FarmModel
internal import FarmStore

extension FarmQueries {
    static var backendRequests: [any AnyFarmQuery] { [addBackend, removeBackend, drainBackend, resumeBackend, probeBackend] }

    /// The backends as they are now.
    public static let backends = FarmQuery<NoValue, [BackendReport]>("backends") { farm, _, _ throws(FarmError) in
        try farm.backendReports()
    }
    /// Adds a backend, by the same members as over HTTP.
    public static let addBackend = FarmQuery<NewBackend, Bool>("add_backend") { farm, request, caller throws(FarmError) in
        try caller.requireOperator()
        return try farm.add(BackendRecord(request: request.json), by: caller.requester ?? Requester())
    }
    /// Removes a backend.
    public static let removeBackend = FarmQuery<String, String>("remove_backend") { farm, address, caller throws(FarmError) in
        try caller.requireOperator()
        return try farm.removeBackend(address, keepsOne: false, by: caller.requester ?? Requester()).rawValue
    }
    /// Gives a backend no more jobs.
    public static let drainBackend = FarmQuery<RequestOf<String>, Bool>("drain_backend") { farm, request, caller throws(FarmError) in
        try caller.requireOperator()
        let requester = caller.requester ?? Requester(user: request.by)
        return try farm.drainBackend(request.target, by: requester, reason: request.reason)
    }
    /// Gives a backend jobs again.
    public static let resumeBackend = FarmQuery<String, Bool>("resume_backend") { farm, address, caller throws(FarmError) in
        try caller.requireOperator()
        return try farm.resumeBackend(address, by: caller.requester ?? Requester())
    }
    /// Asks for a look at a backend.
    public static let probeBackend = FarmQuery<String, Bool>("probe_backend") { farm, address, caller throws(FarmError) in
        try caller.requireOperator()
        return try farm.requestProbe(of: address)
    }
}

/// A request for a new backend.
public struct NewBackend: WireObject {
    /// Its members.
    public let json: JSONObject

    /// Takes any object: the server judges it.
    public init(json: JSONObject) { self.json = json }
}

extension BackendReport: WireObject {}

internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each makes the request of its name. Who is named to administrators is for the server to say.
extension RemoteFarm {
    /// The backends as they are now.
    public func backendReports() throws(FarmError) -> [BackendReport] { try ask(FarmQueries.backends, NoValue()) }

    /// Adds a backend. Its files are on the runners' machine and cannot be named from afar.
    public func add(_ backend: BackendRecord, by requester: Requester) throws(FarmError) -> Bool {
        guard backend.tls == nil, backend.registryAuth == nil else {
            throw FarmError(.usage, "files cannot be named with --server: add the backend on the runners' machine")
        }
        var json = backend.settings
        json["address"] = .string(backend.address)
        return try request(FarmQueries.addBackend, NewBackend(json: json))
    }

    /// Removes a backend.
    public func removeBackend(_ address: String, keepsOne: Bool, by requester: Requester) throws(FarmError) -> BackendRemoval {
        BackendRemoval(rawValue: try request(FarmQueries.removeBackend, address)) ?? .unknown
    }

    /// Gives a backend no more jobs.
    public func drainBackend(_ address: String, by requester: Requester, reason: String?) throws(FarmError) -> Bool {
        try request(FarmQueries.drainBackend, RequestOf(address, by: requester.user ?? "", reason: reason))
    }

    /// Gives a backend jobs again.
    public func resumeBackend(_ address: String, by requester: Requester) throws(FarmError) -> Bool {
        try request(FarmQueries.resumeBackend, address)
    }

    /// Asks the server to ask a backend how it is.
    public func requestProbe(of address: String) throws(FarmError) -> Bool { try request(FarmQueries.probeBackend, address) }
}

public import FarmModel

extension EngineClient {
    /// Asks whether the daemon lives.
    /// - Parameter patience: how long it may take, in milliseconds.
    public func ping(patience: Int64 = 10_000) async throws(EngineError) {
        try await perform(EngineRequest(method: .get, path: "/_ping", patience: patience, isUnversioned: true))
    }

    /// What the daemon is.
    /// - Parameter patience: how long it may take, in milliseconds.
    public func version(patience: Int64 = 30_000) async throws(EngineError) -> EngineVersion {
        let request = EngineRequest(method: .get, path: "/version", patience: patience, isUnversioned: true)
        guard let version = EngineVersion(try await object(request)) else {
            throw transport.error(request, .notUnderstood("it names no version of the API"))
        }
        return version
    }

    /// What the daemon's machine is and has, as the daemon writes it.
    public func info(patience: Int64 = 30_000) async throws(EngineError) -> JSONObject {
        try await object(EngineRequest(method: .get, path: "/info", patience: patience))
    }

    /// Follows what happens on the daemon, until `take` throws or the task is cancelled.
    /// - Parameters:
    ///   - filters: which events, for instance `label` or `type`.
    ///   - take: called with each event as the daemon writes it.
    public func events(
        filters: [String: [String]] = [:], take: @escaping @Sendable (JSONObject) async throws -> Void
    ) async throws(EngineError) {
        let request = EngineRequest(method: .get, path: "/events", query: Filters.query(filters), patience: nil)
        try await progress(request, take: take)
    }

    /// Takes an answer of one JSON object after the other.
    func progress(_ request: EngineRequest, take: @escaping @Sendable (JSONObject) async throws -> Void) async throws(EngineError) {
        let splitter = ObjectSplitter()
        try await transport.stream(request, prefix: try await versionPrefix(request)) { [transport] piece in
            for text in try splitter.split(piece) {
                guard let object = (try? JSONParser.parse(bytes: text))?.object else {
                    throw transport.error(request, .notUnderstood("a line is no JSON object"))
                }
                try await take(object)
            }
        }
    }
}

internal import FarmModel

extension EngineClient {
    /// Makes a volume; it is no error if it exists.
    /// - Parameter owner: the number of the user and group that it belongs to, for Podman, whose archives cannot say it as Docker's can.
    public func createVolume(_ name: String, labels: [String: String] = [:], owner: UInt32? = nil) async throws(EngineError) {
        var body: JSONObject = ["Name": .string(name), "Labels": ContainerSpecification.map(labels)]
        if let owner { body["DriverOpts"] = ["o": .string("uid=\(owner),gid=\(owner)")] }
        let request = EngineRequest(method: .post, path: "/volumes/create", body: .json(body))
        do throws(EngineError) { try await perform(request) } catch {
            if !error.reason.contains("already exists") { throw error }
        }
    }

    /// The names of all volumes with these labels.
    public func volumes(labels: [String: String]) async throws(EngineError) -> [String] {
        try await list(labels).compactMap { $0["Name"]?.string }
    }

    /// All labels of the volumes that have these among them.
    public func labels(ofVolumesWith labels: [String: String]) async throws(EngineError) -> [[String: String]] {
        try await list(labels).map { $0.labels }
    }

    private func list(_ labels: [String: String]) async throws(EngineError) -> [JSONValue] {
        let filters = ["label": labels.map { "\($0.key)=\($0.value)" }.sorted()]
        let request = EngineRequest(method: .get, path: "/volumes", query: Filters.query(filters))
        return try await object(request)["Volumes"]?.array ?? []
    }

    /// Removes a volume that no container has; it is no error if there is none.
    public func removeVolume(_ name: String) async throws(EngineError) {
        let request = EngineRequest(method: .delete, path: "/volumes/\(QueryText.encoded(name))")
        do throws(EngineError) { try await perform(request) } catch { if !error.isMissing { throw error } }
    }
}

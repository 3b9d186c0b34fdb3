internal import FarmModel
public import NIOCore

extension EngineClient {
    /// Creates a container, which does not run yet.
    /// - Returns: its id.
    public func createContainer(_ specification: ContainerSpecification, name: String? = nil) async throws(EngineError) -> String {
        let request = EngineRequest(
            method: .post, path: "/containers/create", query: name.map { [("name", $0)] } ?? [], body: .json(specification.json))
        guard let id = try await object(request)["Id"]?.string, !id.isEmpty, id.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            throw transport.error(request, .notUnderstood("it names no container"))
        }
        return id
    }

    /// Starts a container; it is no error if it runs already.
    public func startContainer(_ id: String) async throws(EngineError) {
        do throws(EngineError) { try await act("start", id) } catch { if error.status != 304 { throw error } }
    }

    /// Takes what a container prints until it ends, from now on; attach before the start to miss nothing.
    /// - Parameters:
    ///   - onAttached: called once the daemon has the container's output for this caller.
    ///   - take: called with each piece; the container waits meanwhile, once the daemon's own buffers are full.
    public func attach(
        _ id: String, onAttached: @escaping @Sendable () async throws -> Void = {},
        take: @escaping @Sendable (ContainerOutput.Stream, ByteBuffer) async throws -> Void
    ) async throws(EngineError) {
        var request = EngineRequest(method: .post, path: "/containers/\(id)/attach", patience: nil)
        request.query = [("stream", "1"), ("stdout", "1"), ("stderr", "1")]
        try await output(request, onAttached, take)
    }

    /// Takes what a container has printed, if its log driver keeps it, and with `follows` what it prints until it ends.
    public func logs(
        _ id: String, follows: Bool = false, take: @escaping @Sendable (ContainerOutput.Stream, ByteBuffer) async throws -> Void
    ) async throws(EngineError) {
        var request = EngineRequest(method: .get, path: "/containers/\(id)/logs", patience: follows ? nil : EngineRequest.usualPatience)
        request.query = [("follow", follows ? "1" : "0"), ("stdout", "1"), ("stderr", "1")]
        try await output(request, {}, take)
    }

    private func output(
        _ request: EngineRequest, _ onAttached: @escaping @Sendable () async throws -> Void,
        _ take: @escaping @Sendable (ContainerOutput.Stream, ByteBuffer) async throws -> Void
    ) async throws(EngineError) {
        let frames = ContainerOutput()
        let prefix = try await versionPrefix(request)
        try await transport.stream(request, prefix: prefix, onHead: { _ in try await onAttached() }) { [transport] piece in
            let parts: [(ContainerOutput.Stream, ByteBuffer)]
            do throws(ContainerOutput.Malformed) { parts = try frames.split(piece) } catch {
                throw transport.error(request, .notUnderstood(error.text))
            }
            for (stream, bytes) in parts { try await take(stream, bytes) }
        }
    }

    /// Gives a container that was created with an open standard input all of it, and closes it. The container must run. Returns once the
    /// daemon has passed on everything, which it may not say before the container ends.
    public func giveInput(_ bytes: [UInt8], to id: String) async throws(EngineError) {
        let request = EngineRequest(method: .post, path: "/containers/\(id)/attach")
        let prefix = try await versionPrefix(request)
        let connection = try await Upgrade(path: "\(prefix)\(request.path)?stream=1&stdin=1", to: "tcp").dial(address)
        let channel = connection.channel
        do {
            // What waits for a channel ends with the channel, and notices nothing else.
            try await withTaskCancellationHandler {
                try await IdleWatch.run(limit: request.patience) { _ in
                    try await withTaskCancellationHandler {
                        try await connection.release()
                        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
                        try await channel.close(mode: .output)
                    } onCancel: {
                        channel.close(promise: nil)
                    }
                }
                try await channel.closeFuture.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            channel.close(promise: nil)
            throw transport.error(request, error is IdleWatch.Expired ? .silent(seconds: 60) : .unreachable(ConnectionProblem.text(error)))
        }
    }

    /// Waits until a container has ended, however long it runs.
    /// - Returns: its exit code.
    public func waitForContainer(_ id: String) async throws(EngineError) -> Int {
        let request = EngineRequest(method: .post, path: "/containers/\(id)/wait", patience: nil)
        let answer = try await object(request)
        guard let code = answer["StatusCode"]?.int else { throw transport.error(request, .notUnderstood("it has no exit code")) }
        if let message = answer["Error"]?["Message"]?.string, !message.isEmpty {
            throw transport.error(request, .refused(status: 500, message: EngineError.line(message)))
        }
        return Int(clamping: code)
    }

    /// What a container is doing, or nil if there is none.
    /// - Parameter patience: how long the answer may take, in milliseconds.
    public func containerState(_ id: String, patience: Int64 = 60_000) async throws(EngineError) -> ContainerState? {
        do throws(EngineError) {
            return ContainerState(try await object(EngineRequest(method: .get, path: "/containers/\(id)/json", patience: patience)))
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// Sends SIGTERM to a container's first process, and SIGKILL after `seconds`.
    public func stopContainer(_ id: String, seconds: Int) async throws(EngineError) {
        let request = EngineRequest(
            method: .post, path: "/containers/\(id)/stop", query: [("t", "\(seconds)")],
            patience: EngineRequest.usualPatience + Int64(seconds) * 1_000)
        do throws(EngineError) { try await perform(request) } catch { if error.status != 304 { throw error } }
    }

    /// Sends a signal to a container's first process; it is no error if the container does not run any more.
    ///
    /// Daemons refuse it then in many words and with several statuses; what they say of the container's state is what counts.
    /// - Parameters:
    ///   - signal: its name without `SIG`.
    ///   - patience: how long each answer may take, in milliseconds.
    public func killContainer(_ id: String, signal: String = "KILL", patience: Int64 = 60_000) async throws(EngineError) {
        let request = EngineRequest(method: .post, path: "/containers/\(id)/kill", query: [("signal", signal)], patience: patience)
        do throws(EngineError) { try await perform(request) } catch {
            if error.isMissing || error.isConflict { return }
            guard error.status != nil, try await containerState(id, patience: patience)?.isRunning != true else { throw error }
        }
    }

    /// Starts one more command in a running container and does not wait for it.
    public func execute(_ command: [String], in id: String, user: String) async throws(EngineError) {
        let create: JSONObject = ["Cmd": .array(command.map(JSONValue.string)), "User": .string(user)]
        let request = EngineRequest(method: .post, path: "/containers/\(id)/exec", body: .json(create))
        guard let exec = try await object(request)["Id"]?.string else { throw transport.error(request, .notUnderstood("it names no id")) }
        try await perform(EngineRequest(method: .post, path: "/exec/\(exec)/start", body: .json(["Detach": true])))
    }

    /// Kills a container if it runs, and removes it; it is no error if there is none, or if it is being removed.
    /// - Parameter volumes: whether the volumes without a name go with it, which images ask for.
    /// - Returns: false if somebody else is removing it still.
    @discardableResult
    public func removeContainer(_ id: String, volumes: Bool = false) async throws(EngineError) -> Bool {
        let query = [("force", "1")] + (volumes ? [("v", "1")] : [])
        do throws(EngineError) { try await perform(EngineRequest(method: .delete, path: "/containers/\(id)", query: query)) } catch {
            if error.isConflict { return false }
            if !error.isMissing { throw error }
        }
        return true
    }

    /// The ids of all containers, running or not, with these labels.
    public func containers(labels: [String: String]) async throws(EngineError) -> [String] {
        try await list(labels).compactMap { $0["Id"]?.string }
    }

    /// All labels of the containers that have these among them.
    public func labels(ofContainersWith labels: [String: String]) async throws(EngineError) -> [[String: String]] {
        try await list(labels).map { $0.labels }
    }

    private func list(_ labels: [String: String]) async throws(EngineError) -> [JSONValue] {
        let filters = ["label": labels.map { "\($0.key)=\($0.value)" }.sorted()]
        let request = EngineRequest(method: .get, path: "/containers/json", query: [("all", "1")] + Filters.query(filters))
        return try await value(request).array ?? []
    }

    private func act(_ verb: String, _ id: String) async throws(EngineError) {
        try await perform(EngineRequest(method: .post, path: "/containers/\(id)/\(verb)", patience: 120_000))
    }
}

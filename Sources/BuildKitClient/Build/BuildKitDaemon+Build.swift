internal import GRPCCore
internal import HostSystem
internal import SwiftProtobuf

extension BuildKitDaemon {
    /// Opens a session that builds can use beside their own, for instance for folders that many of them need.
    public func openSession(_ content: SessionContent) async throws(BuildKitError) -> Session {
        let connection = try await connected()
        return try await connection.use("opening a session") { try await Session.open(content, on: connection) }
    }

    /// Builds. Cancelling the task ends the build, and with it every command that it runs.
    /// - Parameter onEvent: told what happens, in order; the daemon is held up while it takes its time.
    /// - Returns: what the exporter says of the result.
    @discardableResult
    public func run(
        _ build: Build, onEvent: @escaping @Sendable (BuildEvent) async -> Void = { _ in }
    ) async throws(BuildKitError) -> [String: String] {
        let connection = try await connected()
        return try await connection.use(build.purpose) {
            let session = try await Session.open(build.content, on: connection)
            do {
                let result = try await Self.solve(build, session.identifier, connection, onEvent)
                try await Self.finishExport(of: build, session, connection)
                await session.close()
                return result
            } catch {
                await session.close()
                throw error
            }
        }
    }

    /// With archives the daemon waits for that itself.
    private static func finishExport(of build: Build, _ session: Session, _ connection: Connection) async throws {
        guard case .tree? = build.content.destination else { return }
        guard try await session.finishExport(patience: connection.patience.answer) else {
            throw BuildKitError(
                .lost, "\(connection.address): \(build.purpose): the daemon ended it without sending the result; look into its log")
        }
    }

    private static func solve(
        _ build: Build, _ session: String, _ connection: Connection, _ onEvent: @escaping @Sendable (BuildEvent) async -> Void
    ) async throws -> [String: String] {
        let reference = RandomBytes.hexadecimal(16)
        let request = build.request(reference: reference, session: session)
        return try await withThrowingTaskGroup(of: [String: String]?.self) { group in
            group.addTask { try await connection.control.solve(request).exporterResponse }
            group.addTask {
                try? await connection.control.status(.with { $0.ref = reference }) { response in
                    for try await status in response.messages {
                        for event in BuildEvent.events(of: status) { await onEvent(event) }
                    }
                }
                return nil
            }
            var result: [String: String] = [:]
            // A build that fails says so at once, what it printed may come later: the status ends by itself after the build.
            var failure: (any Error)?
            while let next = await group.nextResult() {
                switch next {
                case .success(let value): result = value ?? result
                case .failure(let error):
                    failure = error
                    if Task.isCancelled || !connection.isOpen { group.cancelAll() }
                }
            }
            if let failure { throw failure }
            return result
        }
    }
}

extension Build {
    /// The message that asks for it.
    func request(reference: String, session: String) -> Moby_Buildkit_V1_SolveRequest {
        .with {
            $0.ref = reference
            $0.session = session
            $0.internal = isInternal
            switch work {
            case .definition(let definition): $0.definition = definition.message
            case .dockerfile(let dockerfile):
                $0.frontend = "dockerfile.v0"
                $0.frontendAttrs = dockerfile.attributes
                // The reader of Dockerfiles looks for its caches here, and not below.
                let caches = cacheImports.filter { $0.type == "registry" }.compactMap { $0.attributes["ref"] }
                if !caches.isEmpty { $0.frontendAttrs["cache-from"] = caches.joined(separator: ",") }
            }
            if let export {
                // Old daemons know the first form only, new ones prefer the second.
                $0.exporter = export.type
                $0.exporterAttrs = export.attributes
                $0.exporters = [
                    .with {
                        $0.type = export.type
                        $0.attrs = export.attributes
                    }
                ]
            }
            $0.cache.imports = cacheImports.map(\.message)
            $0.cache.exports = cacheExports.map(\.message)
            if allowsHostNetwork { $0.entitlements = ["network.host"] }
        }
    }
}

extension Build.Cache {
    fileprivate var message: Moby_Buildkit_V1_CacheOptionsEntry {
        .with {
            $0.type = type
            $0.attrs = attributes
        }
    }
}

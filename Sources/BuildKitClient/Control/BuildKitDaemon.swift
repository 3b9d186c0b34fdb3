public import FarmModel
internal import GRPCCore
internal import SwiftProtobuf

/// A BuildKit daemon. Its connection is made when it is needed, shared by all that use it, and made again after it broke.
public actor BuildKitDaemon {
    /// Where it is.
    public nonisolated let endpoint: Endpoint
    let tls: BackendTLS?
    private let dialler: Dialler
    private var connection: Connection?
    private var dialling: Task<Connection, any Error>?
    private var knownAbilities: Abilities?
    private var logMeasurement: Task<LogLimits?, any Error>?

    /// Describes a daemon; nothing is connected yet.
    /// - Throws: `configuration` if address or files for TLS cannot be used.
    public init(_ address: String, tls: BackendTLS? = nil, patience: Patience = Patience()) throws(FarmError) {
        endpoint = try Endpoint(address)
        self.tls = tls
        dialler = try Dialler(endpoint, tls: tls, patience: patience)
    }

    /// The open connection, or a new one.
    func connected() async throws(BuildKitError) -> Connection {
        if let connection, connection.isOpen { return connection }
        let task = dialling ?? Task { [dialler] in try await Connection.open(dialler) }
        dialling = task
        do {
            let fresh = try await task.value
            connection = fresh
            // It may be another one by now.
            knownAbilities = nil
            logMeasurement = nil
            if dialling == task { dialling = nil }
            return fresh
        } catch {
            if dialling == task { dialling = nil }
            throw error as? BuildKitError ?? BuildKitError(.unreachable, "\(endpoint.address): \(error)")
        }
    }

    /// Does something for which the daemon is asked by another way, and gives up when it does not answer here any more.
    func whileAnswering<T: Sendable>(_ purpose: String, _ work: @escaping @Sendable () async throws -> T) async throws(BuildKitError) -> T {
        let connection = try await connected()
        return try await connection.use(purpose) {
            try await withThrowingTaskGroup(of: T.self) { group in
                group.addTask { try await work() }
                group.addTask {
                    while connection.isOpen { try await Task.sleep(for: .seconds(1)) }
                    throw connection.loss ?? BuildKitError(.lost, "\(connection.address): \(purpose): the connection broke")
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            }
        }
    }

    /// Closes the connection, if there is one; what runs over it fails.
    public func disconnect() {
        connection?.close(BuildKitError(.lost, "\(endpoint.address): the connection was closed"))
        connection = nil
    }

    /// What the daemon is and can do; asked once.
    public func abilities() async throws(BuildKitError) -> Abilities {
        if let knownAbilities { return knownAbilities }
        let workers = try await workers()
        let abilities = Abilities(version: try await version(), workers: workers, isEmbedded: endpoint.isEmbedded)
        knownAbilities = abilities
        return abilities
    }

    /// What the daemon leaves out of logs; tried once for each connection, as the step for it prints a lot.
    /// - Returns: nil if that could not be found out.
    public func logLimits() async throws(BuildKitError) -> LogLimits? {
        _ = try await connected()
        let measurement = logMeasurement ?? Task { try await self.measureLogLimits() }
        logMeasurement = measurement
        do { return try await measurement.value } catch {
            throw error as? BuildKitError ?? BuildKitError(.lost, "\(endpoint.address): \(error)")
        }
    }

    /// The machines or stores that it builds with.
    public func workers() async throws(BuildKitError) -> [Worker] {
        let connection = try await connected()
        return try await connection.use("asking for its workers") {
            let request = Moby_Buildkit_V1_ListWorkersRequest()
            return try await connection.control.listWorkers(request, options: connection.options).record.map(Worker.init)
        }
    }

    /// The daemon's version; nil if it is too old to say.
    public func version() async throws(BuildKitError) -> String? {
        let connection = try await connected()
        return try await connection.use("asking for its version") {
            do {
                return try await connection.control.info(Moby_Buildkit_V1_InfoRequest(), options: connection.options).buildkitVersion
                    .version
            } catch let error as RPCError where error.code == .unimplemented {
                return nil
            }
        }
    }

    /// What its cache holds.
    /// - Parameter filters: as the daemon understands them, for instance `type==exec.cachemount`; what fits one of them is told.
    public func diskUsage(_ filters: [String] = []) async throws(BuildKitError) -> [CacheRecord] {
        let connection = try await connected()
        return try await connection.use("asking for its disk usage") {
            let request = Moby_Buildkit_V1_DiskUsageRequest.with { $0.filter = filters }
            return try await connection.control.diskUsage(request, options: connection.options).record.map(CacheRecord.init)
        }
    }

    /// Removes what its cache holds and nobody uses.
    /// - Parameters:
    ///   - filters: as the daemon understands them; what fits one of them is removed.
    ///   - all: what images stand on too.
    /// - Returns: what was removed.
    public func prune(_ filters: [String] = [], all: Bool = false) async throws(BuildKitError) -> [CacheRecord] {
        let connection = try await connected()
        return try await connection.use("removing from its cache") {
            let request = Moby_Buildkit_V1_PruneRequest.with {
                $0.filter = filters
                $0.all = all
            }
            return try await connection.control.prune(request) { response in
                var removed: [CacheRecord] = []
                for try await record in response.messages { removed.append(CacheRecord(record)) }
                return removed
            }
        }
    }
}

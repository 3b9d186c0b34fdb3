public import FarmModel
public import FarmStore
internal import FarmSubmission
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import Logging
internal import NIOCore
internal import NIOSSL
public import Recipes
internal import ServiceLifecycle
internal import UnixSignals

/// The farm behind HTTP. It adds no rule of its own: each route decodes, calls what a tool also calls, and encodes.
public struct FarmServer: Sendable {
    private let services: Services
    private let options: ServerOptions
    private let logger: Logger
    private let limits: ConnectionLimits

    /// A server for a store.
    /// - Parameters:
    ///   - documents: Reads what is submitted.
    ///   - recipes: The kinds of documents that can be submitted.
    ///   - retention: What garbage collection keeps.
    ///   - environment: The value of an environment variable, for programs that are run to answer.
    public init(
        store: Store, documents: DocumentReader = DocumentReader(), recipes: RecipeRegistry = .standard,
        retention: RetentionPolicy = RetentionPolicy(), environment: @escaping @Sendable (String) -> String? = { _ in nil },
        options: ServerOptions
    ) throws(FarmError) {
        let metrics = FarmMetrics(store: store)
        services = Services(
            store: store, documents: documents, recipes: recipes, hub: try EventHub(store) { metrics.count($0) }, metrics: metrics,
            requests: RequestMetrics(), submissions: SubmissionQueue(store: store), webhookSecrets: options.webhookSecrets,
            architecture: options.defaultArchitecture, repository: options.repository ?? store.directory.packages,
            outputs: options.outputFolder.map { OutputFolder(path: $0, store: store) }, packageKeys: options.packageKeys,
            retention: retention, environment: environment)
        limits = ConnectionLimits(openFiles: options.openFiles)
        self.options = options
        var logger = Logger(label: "bf-serve") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        self.logger = logger
    }

    /// Serves until the process is told to end (TERM or INT); then takes no further connections, ends streams, and waits for requests to finish.
    /// - Parameters:
    ///   - companions: What runs beside it, and ends with it.
    ///   - onReady: Told where, once connections are taken there.
    public func run(companions: [Companion] = [], onReady: @escaping @Sendable ([ListenAddress]) -> Void) async throws {
        let uses = TokenUses(store: services.store)
        defer { try? uses.write(isLast: true) }
        let gate = try await gate(uses)
        let hub = services.hub
        let own = [
            Companion.repeating(every: .seconds(5)) { try? uses.write() },
            .cancelled { await LineFeed(hub).run() },
        ]
        let front = Front(
            router: routes.router(gate).buildResponder(), gate: gate, crossOrigin: CrossOrigin(origins: options.crossOrigins),
            requests: services.requests, logger: logger)
        let live = LiveSockets(hub: services.hub, gate: gate, formats: formats)
        let plain = FarmChannel(responder: front.answer, live: live, limits: limits, isSecure: options.tls != nil)
        if let tls = options.tls {
            let secure = SecureChannel(
                context: try tls.context(), first: plain,
                second: HTTP2Channel(
                    responder: front.answer,
                    configuration: .init(idleTimeout: Duration(limits.idle), streamConfiguration: limits.stream)),
                greeting: limits.greeting)
            try await serve(secure, beside: companions + own, onReady)
        } else {
            try await serve(plain, beside: companions + own, onReady)
        }
    }

    private func gate(_ uses: TokenUses) async throws(FarmError) -> Gate {
        var webTokens: WebTokens?
        if let wanted = options.webTokens { webTokens = try await WebTokens(wanted) }
        return Gate(
            store: services.store, needsKey: options.needsKey, allowsAnybody: options.allowsAnybody,
            asksForCertificates: options.tls?.clientAuthority != nil, webTokens: webTokens, uses: uses,
            rate: RateLimit(perSecond: options.ratePerSecond))
    }

    private func serve<Child: ServerChildChannel>(
        _ child: Child, beside companions: [Companion], _ onReady: @escaping @Sendable ([ListenAddress]) -> Void
    ) async throws {
        var services: [any Service] = companions
        var places: [ListenAddress] = []
        for address in options.addresses {
            let listener = try await Listener.open(address, child: child, limits: limits, logger: logger)
            services.append(ListenerService(listener: listener, hub: self.services.hub, logger: logger))
            places.append(address.opened(port: listener.socket.channel.localAddress?.port))
        }
        onReady(places)
        let configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await ServiceGroup(configuration: configuration).run()
    }

    private var routes: RouteTable {
        let described = [
            HealthRoutes(services: services).routes, MetricsRoutes(services: services).routes,
            NativeRoutes(services: services).routes.map { $0.below("/api/v1/native") }, DialectRoutes(services: services).routes,
            RepositoryRoutes(services: services).routes,
        ].flatMap(\.self)
        return RouteTable(routes: described + DescriptionRoutes(described: described).routes + DashboardRoutes().routes)
    }

    private var formats: [String: EventFormat] {
        ["/api/v1/native/events": .native, "/api/v1/events": .dsynth, "/dsynth/api/v1/events": .dsynth]
    }
}

extension ListenAddress {
    /// The same with the port that the system chose.
    fileprivate func opened(port: Int?) -> ListenAddress {
        if case .port(let host, 0) = self, let port { .port(host: host, port: port) } else { self }
    }
}

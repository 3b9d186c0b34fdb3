public import FarmStore
internal import Hummingbird
internal import Logging
internal import NIOCore
public import Recipes

/// The farm behind HTTP. It adds no rule of its own: each route decodes, calls what a tool also calls, and encodes.
public struct FarmServer: Sendable {
    private let store: Store
    private let documents: DocumentReader
    private let host: String
    private let port: Int

    /// A server for a store on a loopback address.
    /// - Parameter documents: Reads what is submitted.
    public init(store: Store, documents: DocumentReader = DocumentReader(), host: String, port: Int) {
        self.store = store
        self.documents = documents
        self.host = host
        self.port = port
    }

    /// Serves until the process is told to end (TERM or INT), then lets requests finish.
    /// - Parameter onReady: Told of the port once connections are taken.
    public func run(onReady: @escaping @Sendable (Int) -> Void) async throws {
        var logger = Logger(label: "bf-serve") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let router = Router(context: FarmRequestContext.self)
        router.addMiddleware { LoopbackGuard() }
        HealthRoutes(store: store).add(to: router)
        BuildRoutes(store: store, documents: documents).add(to: router.group("api/v1/native"))
        let application = Application(
            router: router, configuration: .init(address: .hostname(host, port: port), serverName: "bf-serve"),
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? 0) }, logger: logger)
        try await application.runService()
    }
}

/// What each request carries: limits on its body.
struct FarmRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }

    /// Larger bodies are refused with 413.
    var maxUploadSize: Int { 10 << 20 }
}

public import ArgumentParser
internal import FarmConfiguration
public import FarmModel
internal import FarmRunner
internal import FarmServer
internal import FarmStore
internal import HostSystem
internal import Recipes
public import ToolKit

/// `bf-serve`: the farm over HTTP.
public struct ServeCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        tool: "bf-serve",
        abstract: "Serve the farm over HTTP.",
        usage: "bf-serve [<options>]",
        discussion: """
            On loopback addresses it answers requests of this machine. Listening beyond them, it answers only those who show a key: see \
            bf-serve token. The page for people is at /, the description for programs at /api/openapi.json.

            Examples:
              bf-serve
              bf-serve --listen-addr 127.0.0.1:9090 --workers 4
              bf-serve --listen-addr :8443 --tls-cert farm.crt --tls-key farm.key
              bf-serve token create ci --role submit --expires 90d > ci.token
              bf-serve manifests systemd | less
              curl --data-binary @hello.yaml http://127.0.0.1:8080/api/v1/native/builds
            """)

    @OptionGroup var state: StateOptions
    @OptionGroup var quiet: QuietOptions
    @OptionGroup var listening: ListenOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var backends: BackendOptions

    @Option(
        help: ArgumentHelp(
            "Run jobs too, so many at once: keeps a bf-run beside the server. 0 gives all to backends.", valueName: "number"))
    var workers: Int?

    /// The defaults, which the parser overwrites.
    public init() {}

    /// `--state`
    public var stateFolder: String? { state.path }

    /// Checks what the parser cannot.
    public func validate() throws {
        if let workers, !(0...1_024).contains(workers) { throw ValidationError("--workers takes a number from 0 to 1024.") }
    }

    /// Serves until told to end.
    public func run(in context: ToolContext) throws -> ExitStatus {
        let configuration = try context.configuration()
        var options = ServerOptions()
        let openFiles = OpenFiles.allowMost()
        options.openFiles = openFiles.now
        options.webhookSecrets = configuration.webhookSecrets
        options.repository = configuration.text(.packagesRepository)
        try listening.apply(to: &options, in: context)
        try access.apply(to: &options, in: context)
        try backends.apply(to: &options)
        let store = try state.open(in: context)
        let keys = SigningKeys(store.directory, chosen: configuration.text(.packagesSigningKey))
        options.packageKeys = { name throws(FarmError) in try keys.publicText(named: name) }
        try options.check(hasKeys: store.tokens().contains { $0.validity(at: Clock.wallMilliseconds) == .valid })
        let requester = Requester(user: UserName.current, userID: UserName.number, host: Host.name, tool: "bf-serve")
        try backends.register(in: store, architecture: options.defaultArchitecture, by: requester)
        let server = try FarmServer(
            store: store, documents: DocumentReader(defaults: configuration.documentDefaults()),
            retention: RetentionPolicy(configuration), environment: context.environment, options: options)
        let companions = try companions(store, configuration, openFiles: openFiles.before, in: context)
        let scheme = options.tls == nil ? "http" : "https"
        let (isQuiet, complete) = (quiet.isQuiet, options)
        do {
            try Blocking.run {
                try await server.run(companions: companions) { places in
                    ServiceManager(context).ready()
                    guard !isQuiet else { return }
                    for place in places { context.note("listening on \(place.isURL ? "\(scheme)://" : "")\(place)") }
                }
            }
        } catch let error as FarmError { throw error } catch {
            let places = complete.addresses.map(\.description).joined(separator: ", ")
            throw FarmError(.unavailable, "cannot serve on \(places): \(error)")
        }
        return .success
    }

    private func companions(
        _ store: Store, _ configuration: Configuration, openFiles: Int, in context: ToolContext
    ) throws -> [Companion] {
        let courier = try WebhookCourier(store: store, configuration: configuration, environment: context.environment)
        let keeper = CancelKeeper(store: store)
        var companions = [
            Companion.cancelled { await courier.run() }, Companion.repeating(every: .seconds(2)) { try? keeper.look() },
        ]
        let watch = try BackendWatch(store: store, access: RemoteTool.backends) { context.note($0) }
        companions.append(Companion(work: {}, stop: { watch.stop() }))
        guard let workers else { return companions }
        let program = try ExecutableSearch.companion("bf-run", environment: Environment.all)
        let supervisor = WorkerSupervisor(
            program: program, slots: workers, state: store.directory.path, environment: Environment.all,
            openFiles: openFiles, note: { context.note($0) })
        companions.append(Companion(work: { await supervisor.run() }, stop: { supervisor.stop() }))
        return companions
    }
}

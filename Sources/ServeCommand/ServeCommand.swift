public import ArgumentParser
internal import Dispatch
internal import FarmConfiguration
public import FarmModel
internal import FarmServer
internal import FarmStore
internal import Recipes
internal import Synchronization
public import ToolKit

/// `bf-serve`: the farm over HTTP.
public struct ServeCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        tool: "bf-serve",
        abstract: "Serve the farm over HTTP.",
        usage: "bf-serve [<options>]",
        discussion: """
            Answers only requests from this machine: it listens on a loopback address.

            Examples:
              bf-serve
              bf-serve --listen-addr 127.0.0.1:9090
              curl --data-binary @hello.yaml http://127.0.0.1:8080/api/v1/native/builds
            """)

    @OptionGroup var state: StateOptions
    @OptionGroup var quiet: QuietOptions

    @OptionGroup var listening: ListenOptions

    /// The defaults, which the parser overwrites.
    public init() {}

    /// `--state`
    public var stateFolder: String? { state.path }

    /// Serves until told to end.
    public func run(in context: ToolContext) throws -> ExitStatus {
        let configuration = try context.configuration()
        let options = try listening.serverOptions(in: context)
        let server = try FarmServer(
            store: state.open(in: context), documents: DocumentReader(defaults: configuration.documentDefaults()),
            retention: RetentionPolicy(configuration), environment: context.environment, options: options)
        let isQuiet = quiet.isQuiet
        let scheme = options.tls == nil ? "http" : "https"
        let failure = blocking {
            try await server.run { places in
                guard !isQuiet else { return }
                for place in places { context.note("listening on \(place.isURL ? "\(scheme)://" : "")\(place)") }
            }
        }
        if let failure {
            let places = options.addresses.map(\.description).joined(separator: ", ")
            throw FarmError(.unavailable, "cannot serve on \(places): \(failure)")
        }
        return .success
    }

    /// Runs asynchronous work to its end on this, the main, thread; the text of its error if it has one.
    private func blocking(_ work: @escaping @Sendable () async throws -> Void) -> String? {
        let done = DispatchSemaphore(value: 0)
        let box = FailureBox()
        Task {
            do { try await work() } catch { box.text.withLock { $0 = "\(error)" } }
            done.signal()
        }
        done.wait()
        return box.text.withLock { $0 }
    }
}

/// The error of a task, for the thread that waits for it.
private final class FailureBox: Sendable {
    let text = Mutex<String?>(nil)
}

internal import HummingbirdCore
internal import Logging
internal import ServiceLifecycle

/// A listener as a service that ends when the process is told to: streams end at once, other answers have some time to go out.
struct ListenerService<Child: ServerChildChannel>: Service {
    let listener: Listener<Child>
    let hub: EventHub
    let logger: Logger

    /// A client that takes a byte a second would keep the server for ever.
    private static var patience: Duration { .seconds(10) }

    func run() async throws {
        await withTaskGroup { group in
            group.addTask { await serve() }
            group.addTask {
                try? await gracefulShutdown()
                try? await Task.sleep(for: Self.patience)
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func serve() async {
        await withGracefulShutdownHandler {
            await listener.serve(logger: logger)
        } onGracefulShutdown: {
            hub.stop()
            Task { try? await listener.stop() }
        }
    }
}

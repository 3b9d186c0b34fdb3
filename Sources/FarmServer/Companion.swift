public import ServiceLifecycle

/// Something that runs beside the server: it is told when the server ends, and the server waits for its end.
public struct Companion: Sendable, Service {
    private let work: @Sendable () async -> Void
    private let stop: @Sendable () -> Void

    /// - Parameters:
    ///   - work: Runs until it is told to stop, or its task is cancelled.
    ///   - stop: Tells it; at once, from any thread.
    public init(work: @escaping @Sendable () async -> Void, stop: @escaping @Sendable () -> Void) {
        self.work = work
        self.stop = stop
    }

    /// Runs until the server ends. Work may end before: to the group of services that would be a failure.
    public func run() async {
        await withGracefulShutdownHandler {
            await work()
        } onGracefulShutdown: {
            stop()
        }
        try? await gracefulShutdown()
    }

    /// A small thing again and again.
    public static func repeating(every interval: Duration, _ step: @escaping @Sendable () -> Void) -> Companion {
        .cancelled {
            while !Task.isCancelled {
                step()
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// Work that ends when its task is cancelled.
    public static func cancelled(_ work: @escaping @Sendable () async -> Void) -> Companion {
        Companion(work: { await cancelWhenGracefulShutdown { await work() } }, stop: {})
    }
}

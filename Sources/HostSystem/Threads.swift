internal import Glibc

/// Starts threads of our own: for work that blocks, which must never occupy the threads of Swift's concurrency.
public enum Threads {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a detached thread that runs `body`. It inherits the signal mask of the calling thread.
    public static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var thread = pthread_t()
        let boxed = Unmanaged.passRetained(Body(body))
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, boxed.toOpaque())
        guard code == 0 else {
            boxed.release()
            throw SystemError(code: code, attempt: "start a thread")
        }
        pthread_detach(thread)
    }
}

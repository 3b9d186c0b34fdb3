internal import Execution
internal import HostSystem
internal import Synchronization

/// Runs asynchronous work for a thread that has nothing else to do.
enum Blocking {
    /// Why the work was not waited for.
    enum Interruption: Error {
        /// A stop was asked for.
        case stopped
        /// The time was over.
        case deadline
    }

    private final class Box<T: Sendable>: Sendable {
        let result = Mutex<Result<T, any Error>?>(nil)
    }

    /// How long work that was cancelled may take to notice, in milliseconds.
    private static let patience: Int64 = 10_000

    /// Waits for the end of `work`, which is cancelled at a stop or at the deadline.
    /// - Parameters:
    ///   - deadline: in `Clock.boottimeMilliseconds`.
    ///   - stop: cancels the work.
    static func run<T: Sendable>(
        until deadline: Int64 = .max, stop: StopRequest? = nil, _ work: @escaping @Sendable () async throws -> T
    ) throws -> T {
        let done = try EventDescriptor()
        let box = Box<T>()
        let task = Task {
            let result: Result<T, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            box.result.withLock { $0 = result }
            try? done.raise()
        }
        if let interruption = try wait(done, deadline, stop) {
            task.cancel()
            _ = try Poller.wait([.init(done.descriptor, .readable)], timeoutMilliseconds: patience)
            throw interruption
        }
        guard let result = box.result.withLock({ $0 }) else { throw CancellationError() }
        return try result.get()
    }

    private static func wait(_ done: EventDescriptor, _ deadline: Int64, _ stop: StopRequest?) throws(SystemError) -> Interruption? {
        let interests = [Poller.Interest(done.descriptor, .readable)] + (stop.map { [.init($0.descriptor, .readable)] } ?? [])
        let timeout = deadline == .max ? nil : max(0, deadline - Clock.boottimeMilliseconds)
        let events = try Poller.wait(interests, timeoutMilliseconds: timeout)
        if events[0] != nil { return nil }
        return events.isEmpty ? .deadline : .stopped
    }
}

public import Execution
public import FarmModel
internal import HostSystem
internal import Synchronization

/// Reaches the farm's backends: makes an executor for each, and keeps it as long as nothing about the backend changes.
public final class BackendAccess: Sendable {
    private let make: @Sendable (BackendRecord) throws(FarmError) -> any RemoteExecutor
    private let made = Mutex<[String: (backend: BackendRecord, executor: any RemoteExecutor)]>([:])

    /// - Parameter make: makes the executor of a backend; throws if its address or files cannot be used.
    public init(_ make: @escaping @Sendable (BackendRecord) throws(FarmError) -> any RemoteExecutor) { self.make = make }

    /// The executor of a backend.
    public func executor(for backend: BackendRecord) throws(FarmError) -> any RemoteExecutor {
        if let known = made.withLock({ $0[backend.address] }), known.backend == backend { return known.executor }
        let executor = try make(backend)
        made.withLock { $0[backend.address] = (backend, executor) }
        return executor
    }

    /// How long all backends together may take to be tidied up at the end, in milliseconds.
    private static let settlingPatience: Int64 = 15_000

    /// Waits until what ended attempts used on the backends is removed, as far as these answer.
    func settle() {
        let deadline = Clock.boottimeMilliseconds + Self.settlingPatience
        for executor in made.withLock({ $0.values.map(\.executor) }) { executor.settle(until: deadline) }
    }

    /// Asks a backend how it is.
    /// - Parameter before: what it answered the last time.
    public func health(of backend: BackendRecord, before: BackendHealth, timeoutMilliseconds: Int64) -> BackendHealth {
        var health = BackendHealth()
        let start = Clock.boottimeMilliseconds
        do {
            let facts = try executor(for: backend).probe(until: start + timeoutMilliseconds)
            health.version = facts.version
            health.architectures = facts.architectures.map(\.name)
            health.abilities = facts.abilities
            health.figures = facts.figures
            health.advice = facts.advice
        } catch {
            health = before
            health.offlineSinceMilliseconds = before.offlineSinceMilliseconds ?? Clock.wallMilliseconds
            health.error = (error as? ExecutionFailure)?.message ?? (error as? FarmError)?.message ?? "\(error)"
        }
        health.checkedMilliseconds = Clock.wallMilliseconds
        return health
    }
}

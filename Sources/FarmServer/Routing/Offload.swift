import FarmAPI
import FarmModel
import NIOPosix

/// Runs work that blocks (database, locks, disk) or computes for long on a thread of its own, not on those that serve connections.
/// - Parameter pool: `reading`, or `waiting` for what may wait for the write lock, for the disk to have it, or for another machine.
func offloaded<T: Sendable>(
    on pool: NIOThreadPool = .reading, _ work: @escaping @Sendable () throws(FarmError) -> T
) async throws -> T {
    let result: Result<T, FarmError> = try await pool.runIfActive {
        Result(catching: work)
    }
    return try result.get()
}

/// Runs work in place if its input is small; large inputs would keep the few threads that serve all connections.
func offloaded<T: Sendable>(ifLarge bytes: Int, _ work: @escaping @Sendable () throws(FarmError) -> T) async throws -> T {
    try await bytes < 64 << 10 ? work() : offloaded(on: .reading, work)
}

extension NIOThreadPool {
    /// For work that does not wait for others.
    static let reading = started(threads: 4)

    /// For work that may wait for the write lock, which another process can hold for a minute, or for another machine: nobody who only reads may
    /// wait behind it.
    static let waiting = started(threads: 16)

    private static func started(threads: Int) -> NIOThreadPool {
        let pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
        return pool
    }
}

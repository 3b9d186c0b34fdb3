import FarmAPI
import FarmModel
import NIOPosix

/// Runs work that blocks (database, locks, disk) on a thread of its own, not on those that serve connections.
func offloaded<T: Sendable>(
    on pool: NIOThreadPool = .singleton, _ work: @escaping @Sendable () throws(FarmError) -> T
) async throws -> T {
    let result: Result<T, FarmError> = try await pool.runIfActive {
        Result(catching: work)
    }
    return try result.get()
}

extension NIOThreadPool {
    /// For the reading of logs and files that are being sent: short work, which must not wait for what waits for a lock or the disk.
    static let reading: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 4)
        pool.start()
        return pool
    }()
}

import FarmAPI
import FarmModel
import NIOPosix

/// Runs work that blocks (database, locks, disk) on a thread of its own, not on those that serve connections.
func offloaded<T: Sendable>(_ work: @escaping @Sendable () throws(FarmError) -> T) async throws -> T {
    let result: Result<T, FarmError> = try await NIOThreadPool.singleton.runIfActive {
        Result(catching: work)
    }
    return try result.get()
}

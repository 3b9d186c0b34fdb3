import FarmModel
import Hummingbird
import NIOPosix

/// Runs work that blocks (database, locks, disk) on a thread of its own, not on those that serve connections; an error becomes its answer.
func offload(_ work: @escaping @Sendable () throws(FarmError) -> Response) async -> Response {
    do {
        return try await NIOThreadPool.singleton.runIfActive {
            do throws(FarmError) { return try work() } catch { return error.response }
        }
    } catch {
        return problem(.serviceUnavailable, "the server is shutting down")
    }
}

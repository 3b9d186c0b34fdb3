internal import CHostSystem

/// The one thread of this process that starts processes bound to its life.
///
/// The parent-death signal belongs to the thread that spawned, not to its process. This thread starts at the first use and lives as long
/// as the process, so its children die when the process does and not before.
public struct SpawnThread: Sendable {
    /// The thread of this process.
    public static let shared = SpawnThread()

    /// Like `ProcessSpawner.spawn`, on this thread. The caller waits for the answer; requests are taken in order.
    public func spawn(_ request: SpawnRequest) throws(SystemError) -> ChildProcess {
        try ProcessSpawner.spawn(request, through: bf_spawn_on_shared_thread)
    }
}

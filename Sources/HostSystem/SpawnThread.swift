internal import CHostSystem
internal import Glibc

/// A thread that starts processes bound to its life.
///
/// The parent-death signal belongs to the thread that spawned, not to its process. ``shared`` starts at the first use and lives as long as
/// the process, so its children die when the process does and not before.
///
/// Unchecked Sendable: the pointer never changes, and what it points to is guarded by a mutex of its own; the last reference ends the thread,
/// so nobody can be using it then.
public final class SpawnThread: @unchecked Sendable {
    /// The thread of this process that is in no group of its own.
    public static let shared = SpawnThread()

    /// nil for the shared one, which starts at its first use.
    private let thread: OpaquePointer?

    private init() { thread = nil }

    /// Starts a thread whose children are in some control groups of version 1 from their creation. Moving a process between groups later
    /// makes it wait for the kernel, for milliseconds.
    /// - Parameter tasksFiles: the `tasks` files of the groups, which count the thread as a member as long as it lives.
    public init(entering tasksFiles: [String]) throws(SystemError) {
        let texts = CStringArrays([tasksFiles])
        var failed: Int32 = -1
        let started = withExtendedLifetime(texts) { bf_spawn_thread_start(texts.array(0), Int32(tasksFiles.count), &failed) }
        guard let started else {
            let code = errno
            let path = tasksFiles.indices.contains(Int(failed)) ? tasksFiles[Int(failed)] : nil
            throw SystemError(code: code, attempt: path == nil ? "start a thread" : "enter the control group", path: path)
        }
        thread = started
    }

    deinit { if let thread { bf_spawn_thread_end(thread) } }

    /// Like `ProcessSpawner.spawn`, on this thread. The caller waits for the answer; requests are taken in order.
    public func spawn(_ request: SpawnRequest) throws(SystemError) -> ChildProcess {
        guard let thread else { return try ProcessSpawner.spawn(request, through: bf_spawn_on_shared_thread) }
        return try ProcessSpawner.spawn(request) { bf_spawn_on_thread(thread, $0, $1) }
    }
}

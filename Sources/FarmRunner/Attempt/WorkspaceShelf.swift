import Execution
import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// Workspaces of ended attempts, empty, for the attempts that follow at once: a file system that was just asked to remove many files and
/// folders takes long to make new ones (ext4 looks for inodes that were not used lately).
///
/// A workspace keeps the name of its ended attempt until another one takes it over: whatever happens, it is a leftover that everybody knows.
final class WorkspaceShelf: Sendable {
    private let empty = Mutex<[AttemptID]>([])

    /// The attempt's lock and what it tells of its process.
    private static let keptFiles: Set = ["lock", "process"]
    private static let lockPatience = Duration.seconds(10)

    /// A workspace for an attempt, with its lock held.
    func obtain(for attempt: AttemptID, in directory: StateDirectory) throws(SystemError) -> (Workspace, FileLock) {
        if let old = empty.withLock({ $0.popLast() }), let taken = takeOver(old, by: attempt, in: directory) { return taken }
        let workspace = Workspace(path: directory.work(attempt))
        try Files.makeFolders(workspace.path, mode: 0o700)
        let lock = try FileLock(path: directory.attemptLock(attempt))
        try lock.lock(.exclusive, timeout: Self.lockPatience)
        try workspace.create()
        return (workspace, lock)
    }

    /// Empties the workspace of an ended attempt and keeps it. Nothing of the attempt may live any more.
    func put(_ attempt: AttemptID, in directory: StateDirectory) {
        let workspace = Workspace(path: directory.work(attempt))
        do throws(SystemError) {
            try workspace.empty(keeping: Self.keptFiles)
            try AttemptProcess.forget(at: directory.attemptProcess(attempt))
            empty.withLock { $0.append(attempt) }
        } catch {
            try? workspace.remove()
        }
    }

    /// The workspace under its new name; nil if somebody holds it, for instance to tidy up.
    private func takeOver(_ old: AttemptID, by attempt: AttemptID, in directory: StateDirectory) -> (Workspace, FileLock)? {
        let workspace = Workspace(path: directory.work(attempt))
        do throws(SystemError) {
            try Files.rename(directory.work(old), to: workspace.path)
            let lock = try FileLock(path: directory.attemptLock(attempt))
            if try lock.tryExclusive() {
                try workspace.create()
                return (workspace, lock)
            }
        } catch {}
        try? workspace.remove()
        return nil
    }
}

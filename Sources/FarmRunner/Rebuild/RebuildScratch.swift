import Execution
import FarmModel
import FarmStore
import HostSystem

/// The folder in which jobs are built again, one after the other. It looks like that of an attempt, so that who finds it with a free lock
/// removes it; but there is no such attempt.
final class RebuildScratch {
    let id: AttemptID
    let path: String
    let lock: FileLock

    /// Attempts count up from the first number of a millisecond and never get this far.
    private static let firstNumber: Int64 = 1 << 17

    /// Makes the folder and locks it.
    init(_ directory: StateDirectory) throws(SystemError) {
        while true {
            let id = AttemptID(
                AttemptID.floor(wallMilliseconds: Clock.wallMilliseconds) + Int64.random(in: Self.firstNumber..<2 * Self.firstNumber))
            let path = directory.work(id)
            do throws(SystemError) { try Files.makeFolder(path, mode: 0o700) } catch  where error.isExisting { continue }
            let lock = try FileLock(path: directory.attemptLock(id))
            // Somebody who tidies up may have been faster.
            guard try lock.tryExclusive(), lock.isCurrent else { continue }
            (self.id, self.path, self.lock) = (id, path, lock)
            return
        }
    }

    /// Removes the folder with everything in it; only when no process of a rebuild lives any more.
    func remove() { try? Files.removeTree(path) }

    /// Folders for one execution; those of an earlier one with that name are removed.
    func makeWorkspace(_ name: String) throws(SystemError) -> Workspace {
        let workspace = Workspace(path: "\(path)/\(name)")
        try Files.removeTree(workspace.path)
        try workspace.create()
        return workspace
    }

    /// Whether the process that made a scratch folder, or something that it started, still holds its lock.
    static func isAlive(_ id: AttemptID, in directory: StateDirectory) -> Bool {
        guard ((try? Files.statusIfPresent(directory.attemptLock(id))) ?? nil) != nil else { return false }
        guard let lock = try? FileLock(path: directory.attemptLock(id)) else { return true }
        return (try? lock.tryExclusive()) != true
    }
}

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
    /// An empty one. Its lock is held, so nobody else tidies it up while this process lives.
    private struct Kept {
        var attempt: AttemptID
        var lock: FileLock
        var process: AttemptProcessFile
    }

    /// One in use, as long as its lock is. What is open belongs to the attempt.
    private struct Loan {
        weak var lock: FileLock?
        weak var process: AttemptProcessFile?
        /// From the attempt before, until this one asks for it.
        var open: AttemptProcessFile?
    }

    private struct State {
        var empty: [Kept] = []
        var loans: [AttemptID: Loan] = [:]
    }

    private let state = Mutex(State())

    /// The attempt's lock and what it tells of its process.
    private static let keptFiles: Set = ["lock", "process"]
    private static let lockPatience = Duration.seconds(10)

    /// A workspace for an attempt, with its lock held.
    func obtain(for attempt: AttemptID, in directory: StateDirectory) throws(SystemError) -> (Workspace, FileLock) {
        if let old = state.withLock({ $0.empty.popLast() }), let taken = takeOver(old, by: attempt, in: directory) { return taken }
        let workspace = Workspace(path: directory.work(attempt))
        try Files.makeFolders(workspace.path, mode: 0o700)
        let lock = try FileLock(path: directory.attemptLock(attempt))
        try lock.lock(.exclusive, timeout: Self.lockPatience)
        try workspace.create()
        lend(to: attempt, lock, nil)
        return (workspace, lock)
    }

    /// The file that tells what an attempt runs, to be held as long as its workspace.
    func processFile(of attempt: AttemptID) -> AttemptProcessFile {
        state.withLock { state in
            let file = state.loans[attempt]?.open ?? state.loans[attempt]?.process ?? AttemptProcessFile()
            state.loans[attempt]?.process = file
            state.loans[attempt]?.open = nil
            return file
        }
    }

    /// Empties the workspace of an ended attempt and keeps it; the attempt's lock is given back. Nothing of the attempt may live any more.
    func put(_ attempt: AttemptID, in directory: StateDirectory) {
        let workspace = Workspace(path: directory.work(attempt))
        if let kept = (try? keep(attempt, workspace, in: directory)) ?? nil {
            state.withLock { $0.empty.append(kept) }
        } else {
            try? workspace.remove()
        }
    }

    /// nil if it is not complete, or somebody holds it.
    private func keep(_ attempt: AttemptID, _ workspace: Workspace, in directory: StateDirectory) throws(SystemError) -> Kept? {
        guard let loan = state.withLock({ $0.loans.removeValue(forKey: attempt) }), let used = loan.lock,
            let process = loan.process ?? loan.open
        else { return nil }
        // What still lives of the attempt may hold the lock that it was given. Only who opens the file anew can find out, and the next
        // attempt must not be given the same.
        let lock = try FileLock(path: directory.attemptLock(attempt))
        used.descriptor.close()
        guard try lock.tryExclusive(), try workspace.empty(keeping: Self.keptFiles) else { return nil }
        try process.forget()
        return Kept(attempt: attempt, lock: lock, process: process)
    }

    /// The workspace under its new name, complete as it was found when it was emptied; nil if it is gone.
    private func takeOver(_ old: Kept, by attempt: AttemptID, in directory: StateDirectory) -> (Workspace, FileLock)? {
        let workspace = Workspace(path: directory.work(attempt))
        guard (try? Files.rename(directory.work(old.attempt), to: workspace.path)) != nil else { return nil }
        let lock = FileLock(old.lock, movedTo: directory.attemptLock(attempt))
        lend(to: attempt, lock, old.process)
        return (workspace, lock)
    }

    private func lend(to attempt: AttemptID, _ lock: FileLock, _ process: AttemptProcessFile?) {
        state.withLock { state in
            state.loans = state.loans.filter { $0.value.lock != nil }
            state.loans[attempt] = Loan(lock: lock, open: process)
        }
    }
}

import FarmModel
import HostSystem

/// Work folders that no attempt needs any more.
struct WorkFolders {
    let store: Store

    /// A folder whose attempt has ended and whose lock nobody holds.
    struct Leftover {
        var path: String
        var changed: Int64
        /// Held as long as this lives, so that nobody else removes it at the same time; nil if it has no lock file.
        var lock: FileLock?
    }

    /// The attempts that have a folder.
    var attempts: [AttemptID] {
        ((try? Files.entries(of: store.directory.path + "/work")) ?? []).compactMap { entry in entry.name.flatMap { AttemptID($0) } }
    }

    /// The folder of an attempt, if it is a leftover. An attempt makes its folder while it runs, so one that does not run makes none later.
    func leftover(of attempt: AttemptID) throws(FarmError) -> Leftover? {
        guard try !store.isRunning(attempt) else { return nil }
        let path = store.directory.work(attempt)
        guard let status = (try? Files.statusIfPresent(path)) ?? nil else { return nil }
        var leftover = Leftover(path: path, changed: status.modifiedNanoseconds / 1_000_000)
        let hasLock = ((try? Files.statusIfPresent(store.directory.attemptLock(attempt))) ?? nil) != nil
        guard hasLock else { return leftover }
        guard let lock = try? FileLock(path: store.directory.attemptLock(attempt)), (try? lock.tryExclusive()) == true else { return nil }
        leftover.lock = lock
        return leftover
    }
}

import FarmModel
import HostSystem

/// Uploads that nobody goes on with.
struct UploadFiles {
    let store: Store
    /// Milliseconds since 1970.
    let now: Int64

    private var folder: UploadFolder { UploadFolder(store.directory) }

    /// An upload that was given up; while it is held nobody goes on with it.
    struct Abandoned {
        let path: String
        let bytes: Int64
        fileprivate let lock: FileLock
    }

    /// All that were given up, the next only looked for when the one before is done with.
    var abandoned: some Sequence<Abandoned> { folder.names.lazy.compactMap { abandoned($0) } }

    private func abandoned(_ name: String) -> Abandoned? {
        let path = "\(folder.path)/\(name)"
        guard isOld(path), let lock = try? FileLock(path: path), (try? lock.tryExclusive()) == true, lock.isCurrent, isOld(path) else {
            return nil
        }
        return Abandoned(path: path, bytes: FolderSize.bytes(path), lock: lock)
    }

    private func isOld(_ path: String) -> Bool {
        guard let status = try? Files.status(path) else { return false }
        return status.modifiedNanoseconds / 1_000_000 + UploadLimits.abandonedMilliseconds <= now
    }
}

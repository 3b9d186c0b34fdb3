import Execution
import FarmModel
import FarmStore
import HostSystem

/// A folder that jobs share from build to build, below `cache/volumes`, under a name made from its id.
final class CacheVolume {
    let path: String
    private let sharing: CacheMount.Sharing
    private var held: FileLock?

    init(_ cache: CacheMount, directory: StateDirectory) {
        // The id comes from a document: as a digest it can neither leave the folder nor be too long.
        path = directory.cache + "/volumes/" + Digest.of(Array(cache.id.utf8)).hex
        sharing = cache.sharing
    }

    /// Waits for the cache, a second at a time, so that a stop request is seen, and makes its folder if it is missing.
    func lock(stop: StopRequest) throws(AttemptFailure) {
        while stop.reason == nil {
            do throws(SystemError) {
                try Files.makeFolders(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), mode: 0o755)
                let lock = try FileLock(path: path + ".lock")
                try lock.lock(sharing == .locked ? .exclusive : .shared, timeout: .seconds(1))
                guard lock.isCurrent else { continue }
                try Files.makeFolders(path, mode: 0o755)
                try? lock.noteUse()
                held = lock
                return
            } catch {
                if !error.isTimeout { throw AttemptFailure(.infrastructure, error.message) }
            }
        }
        throw AttemptFailure(.infrastructure, "stopped while waiting for a cache")
    }
}

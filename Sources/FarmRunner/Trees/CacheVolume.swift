import Execution
import FarmModel
import FarmStore
import HostSystem

/// A folder that jobs share from build to build, below `cache/volumes`, under a name made from its id.
final class CacheVolume {
    let path: String
    private let sharing: CacheMount.Sharing
    private let fileLock: FileLock

    init(_ cache: CacheMount, directory: StateDirectory) throws(FarmError) {
        // The id comes from a document: as a digest it can neither leave the folder nor be too long.
        let folder = directory.cache + "/volumes"
        let path = folder + "/" + Digest.of(Array(cache.id.utf8)).hex
        self.path = path
        sharing = cache.sharing
        fileLock = try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolders(path, mode: 0o755)
            return try FileLock(path: path + ".lock")
        }
    }

    /// Waits for the cache, a second at a time, so that a stop request is seen.
    func lock(stop: StopRequest) throws(AttemptFailure) {
        while stop.reason == nil {
            do throws(SystemError) {
                try fileLock.lock(sharing == .locked ? .exclusive : .shared, timeout: .seconds(1))
                return
            } catch {
                if !error.isTimeout { throw AttemptFailure(.infrastructure, "\(error)") }
            }
        }
        throw AttemptFailure(.infrastructure, "stopped while waiting for a cache")
    }
}

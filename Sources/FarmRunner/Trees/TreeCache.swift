import FarmModel
import FarmStore
import HostSystem

/// Trees laid out as files below `cache/trees`, once for all jobs that need them, to be mounted read-only.
struct TreeCache {
    let store: Store

    /// A laid out tree; gc leaves it alone as long as this lives.
    final class View: Sendable {
        let path: String
        private let lock: FileLock

        init(path: String, lock: FileLock) {
            self.path = path
            self.lock = lock
        }
    }

    /// The tree as a folder whose files have the given time, in seconds since 1970.
    func view(of tree: Digest, sourceDateEpoch: Int64) throws(FarmError) -> View {
        let path = "\(store.directory.cache)/trees/\(tree.hex)@\(sourceDateEpoch)"
        let lock = try SharedFolder.obtain(path, failure: { FarmError($0) }) { temporary throws(FarmError) in
            let manifest = try store.blobs.manifest(tree)
            let folder = try FarmError.wrap { () throws(SystemError) in try Files.open(temporary, [.read, .folder]) }
            try TreeWriter(blobs: store.blobs, sourceDateEpoch: sourceDateEpoch).write(manifest, into: folder)
            try FarmError.wrap { () throws(SystemError) in try Files.setTimes(temporary, seconds: sourceDateEpoch) }
        }
        return View(path: path, lock: lock)
    }
}

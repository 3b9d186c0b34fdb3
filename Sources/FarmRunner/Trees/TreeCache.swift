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
        let folder = store.directory.cache + "/trees"
        let path = "\(folder)/\(tree.hex)@\(sourceDateEpoch)"
        let lock = try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolders(folder, mode: 0o700)
            return try FileLock(path: path + ".lock")
        }
        while true {
            try FarmError.wrap { () throws(SystemError) in try lock.lock(.shared, timeout: .seconds(600)) }
            if try exists(path) { return View(path: path, lock: lock) }
            try FarmError.wrap { () throws(SystemError) in try lock.lock(.exclusive, timeout: .seconds(600)) }
            if try !exists(path) { try make(path, of: tree, sourceDateEpoch) }
        }
    }

    private func exists(_ path: String) throws(FarmError) -> Bool {
        try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(path) != nil }
    }

    private func make(_ path: String, of tree: Digest, _ sourceDateEpoch: Int64) throws(FarmError) {
        let manifest = try store.blobs.manifest(tree)
        let temporary = path + ".new"
        let folder = try FarmError.wrap { () throws(SystemError) in
            try Files.removeTree(temporary)
            try Files.makeFolder(temporary, mode: 0o755)
            return try Files.open(temporary, [.read, .folder])
        }
        try TreeWriter(blobs: store.blobs, sourceDateEpoch: sourceDateEpoch).write(manifest, into: folder)
        try FarmError.wrap { () throws(SystemError) in
            try Files.setTimes(temporary, seconds: sourceDateEpoch)
            try Files.rename(temporary, to: path)
        }
    }
}

public import FarmModel
public import HostSystem

/// Adds blobs to the store.
///
/// As long as it lives it holds `artifacts.lock` shared, so gc deletes nothing between the moment a blob is found or written and the moment
/// a committed transaction refers to it. Keep it until that transaction has returned.
public final class BlobSession {
    /// How the folders of what is being added are called, below `blobs`.
    static let folderPrefix = "incoming-"

    private let store: BlobStore
    private let lock: FileLock
    private let blobsFolder: String
    private let incoming: String
    private var added: [Digest: String] = [:]
    private var filesMade = 0

    /// Up to so many new files each is synced by itself; above, the whole file system is.
    private static let separateSyncLimit = 64

    init(store: BlobStore, directory: StateDirectory) throws(FarmError) {
        self.store = store
        blobsFolder = directory.blobs
        do throws(SystemError) {
            lock = try FileLock(path: directory.artifactsLock)
            try lock.lock(.shared, timeout: .seconds(60))
            incoming = try Files.makeTemporaryFolder(in: directory.path + "/blobs", prefix: Self.folderPrefix)
        } catch {
            guard error.isTimeout else { throw FarmError(error) }
            throw FarmError(.temporary, "bf-gc has held \(directory.artifactsLock) for 60 s; try again")
        }
    }

    deinit { try? Files.removeTree(incoming) }

    /// Keeps what was published from gc, as long as it lives, without the session.
    public var keeper: BlobKeeper { BlobKeeper(lock: lock) }

    /// Adds a file's bytes from its current offset on.
    /// - Throws: `SystemError`; code `EFBIG` when there are more than `limit` bytes.
    public func add(_ file: Descriptor, limit: Int64 = .max) throws(SystemError) -> (digest: Digest, bytes: Int64) {
        let name = newName()
        let copy = try Files.open(name, [.write, .create, .exclusive], mode: 0o600)
        let result = try HashedCopy.copy(from: file, to: copy, limit: limit)
        try keep(name, as: result.digest)
        return result
    }

    /// Adds bytes.
    public func add(_ bytes: [UInt8]) throws(SystemError) -> Digest {
        let digest = Digest.of(bytes)
        guard added[digest] == nil, !store.contains(digest) else { return digest }
        let name = newName()
        try Files.open(name, [.write, .create, .exclusive], mode: 0o600).writeAll(bytes)
        try keep(name, as: digest)
        return digest
    }

    /// Takes a file over, whose bytes are known to have this digest, without copying it. The file is gone from its place.
    func adopt(_ path: String, as digest: Digest) throws(SystemError) {
        let name = newName()
        try Files.rename(path, to: name)
        try keep(name, as: digest)
    }

    private func newName() -> String {
        filesMade += 1
        return "\(incoming)/\(filesMade)"
    }

    private func keep(_ name: String, as digest: Digest) throws(SystemError) {
        if added[digest] != nil || store.contains(digest) {
            try Files.removeFile(name)
        } else {
            try Files.setPermissions(name, 0o444)
            added[digest] = name
        }
    }

    /// Gives everything added its final name, on the disk first.
    public func publish() throws(FarmError) {
        guard !added.isEmpty else { return }
        let isSeparate = added.count <= Self.separateSyncLimit
        try FarmError.wrap { () throws(SystemError) in
            if isSeparate {
                for name in added.values { try Files.open(name, .read).sync() }
            } else {
                try Files.open(incoming, [.read, .folder]).syncFileSystem()
            }
            let folders = try moveIntoPlace()
            if isSeparate {
                for folder in folders { try Files.open(folder, [.read, .folder]).sync() }
            } else {
                try Files.open(blobsFolder, [.read, .folder]).syncFileSystem()
            }
        }
        added.removeAll()
    }

    private func moveIntoPlace() throws(SystemError) -> Set<String> {
        var folders: Set<String> = [blobsFolder]
        for (digest, name) in added {
            let path = store.path(digest)
            let folder = "\(blobsFolder)/\(digest.hex.prefix(2))"
            if folders.insert(folder).inserted { try Files.makeFolders(folder, mode: 0o700) }
            try Files.rename(name, to: path)
        }
        return folders
    }
}

/// Keeps gc from deleting anything, as long as it lives.
public struct BlobKeeper: Sendable {
    let lock: FileLock
}

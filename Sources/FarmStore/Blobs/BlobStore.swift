public import FarmModel
public import HostSystem

/// Files by the SHA-256 of their bytes: `blobs/sha256/ab/cdef…`, mode 0444, never changed.
public struct BlobStore: Sendable {
    private let directory: StateDirectory

    init(directory: StateDirectory) { self.directory = directory }

    /// Makes a store of blobs alone, for instance of what is to be sent elsewhere.
    /// - Parameter folder: Where there is nothing yet.
    public init(newAt folder: String) throws(FarmError) {
        directory = StateDirectory(path: folder)
        let blobs = directory.blobs
        try FarmError.wrap { () throws(SystemError) in try Files.makeFolders(blobs, mode: 0o700) }
    }

    /// The largest manifest that is read; a tree of a million files needs about a fifth of it.
    private static let manifestLimit = 1 << 30

    /// Where a blob lies.
    public func path(_ digest: Digest) -> String {
        let hex = digest.hex
        return "\(directory.blobs)/\(hex.prefix(2))/\(hex.dropFirst(2))"
    }

    /// True if the blob is there.
    public func contains(_ digest: Digest) -> Bool { ((try? Files.statusIfPresent(path(digest))) ?? nil) != nil }

    /// Starts to add blobs.
    public func beginSession() throws(FarmError) -> BlobSession { try BlobSession(store: self, directory: directory) }

    /// Opens a blob for reading. Its bytes are not checked; see ``copy(_:to:)``.
    public func open(_ digest: Digest) throws(FarmError) -> Descriptor {
        do throws(SystemError) {
            return try Files.open(path(digest), [.read, .noFollow])
        } catch {
            if error.isMissing { throw FarmError(.noInput, "\(digest) is not in the store; it was collected, or the store is damaged") }
            throw FarmError(error)
        }
    }

    /// Copies a blob's bytes into a file and checks them on the way. A damaged blob is moved aside, so that it can be made again.
    public func copy(_ digest: Digest, to destination: Descriptor) throws(FarmError) {
        let source = try open(digest)
        let found = try FarmError.wrap { () throws(SystemError) in try HashedCopy.copy(from: source, to: destination).digest }
        guard found == digest else { throw quarantined(digest) }
    }

    /// Reads and checks the manifest of a tree.
    public func manifest(_ tree: Digest) throws(FarmError) -> TreeManifest {
        if tree == StoredTree.empty.digest { return .empty }
        let file = try open(tree)
        let bytes = try FarmError.wrap { () throws(SystemError) in try file.readAll(limit: Self.manifestLimit) }
        guard Digest.of(bytes) == tree, let manifest = TreeManifest(bytes: bytes) else { throw quarantined(tree) }
        return manifest
    }

    /// Moves a damaged blob aside, so that it can be made again; what to tell of it.
    func quarantined(_ digest: Digest) -> FarmError {
        try? Files.rename(path(digest), to: path(digest) + ".damaged")
        return FarmError(
            .inputOutput, "the store's copy of \(digest) is damaged and was moved aside; build or submit again what it belongs to")
    }
}

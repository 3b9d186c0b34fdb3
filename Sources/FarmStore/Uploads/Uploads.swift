public import FarmModel
internal import HostSystem

/// Brings files and trees into the store that are not of this machine, before a submission names them. Everything is checked: names are digests,
/// and what comes must have them.
///
/// A client asks which files are missing, uploads those, then the manifest of the tree, and submits documents whose sources name the tree.
public struct Uploads: Sendable {
    let store: Store
    /// How much is taken.
    public let limits: UploadLimits
    private let folder: UploadFolder

    /// What became of a manifest.
    public enum AddedTree: Sendable, Equatable {
        /// The tree is in the store, for a while without a build.
        case added(Digest)
        /// These of its files are missing, each once, in the order of the manifest.
        case missing([Digest])
    }

    /// Takes uploads for a store.
    public init(store: Store, limits: UploadLimits = UploadLimits()) {
        self.store = store
        self.limits = limits
        folder = UploadFolder(store.directory)
    }

    /// How many bytes have come of a file that is not complete; nil if none has.
    public func offset(of digest: Digest, owner: String?) -> Int64? {
        ((try? Files.statusIfPresent(folder.path(of: digest, owner ?? ""))) ?? nil)?.size
    }

    /// Begins to upload a file, or goes on with it.
    /// - Throws: `temporary` if somebody is at it, or too many are open.
    public func open(_ digest: Digest, owner: String?) throws(FarmError) -> Upload {
        let owner = owner ?? ""
        let path = folder.path(of: digest, owner)
        try FarmError.wrap { () throws(SystemError) in try Files.makeFolders(folder.path, mode: 0o700) }
        if try FarmError.wrap({ () throws(SystemError) in try Files.statusIfPresent(path) }) == nil { try requirePlace(for: owner) }
        let file = try FarmError.wrap { () throws(SystemError) in try FileLock(path: path) }
        // Whoever finished or discarded it meanwhile has taken its name away.
        guard try FarmError.wrap({ () throws(SystemError) in try file.tryExclusive() }), file.isCurrent else {
            throw FarmError(.temporary, "\(digest) is being uploaded already; ask for its offset and go on in a moment")
        }
        let size = try FarmError.wrap { () throws(SystemError) in try file.descriptor.status().size }
        return Upload(digest, owner: owner, file: file, size: size, in: self)
    }

    /// Brings a tree into the store whose files are there, durably.
    /// - Parameter manifest: Its canonical manifest, as bf-state(5) has it.
    /// - Throws: `badInput` if it is none, or names a file with another size than that file has.
    public func addTree(_ manifest: [UInt8], owner: String?) throws(FarmError) -> AddedTree {
        let tree = try checked(manifest)
        let session = try store.blobs.beginSession()
        // The session keeps gc from what is found here.
        let sizes = try store.blobSizes(tree.blobs)
        let missing = tree.blobs.filter { sizes[$0] == nil }
        guard missing.isEmpty else { return .missing(missing) }
        if let wrong = tree.entries.first(where: { $0.hasOtherSize(than: sizes) }) {
            throw FarmError(.badInput, "the manifest names another size of \(JSONValue.string(wrong.path).text) than its file has")
        }
        let stored = StoredTree(tree)
        if !tree.entries.isEmpty {
            _ = try FarmError.wrap { () throws(SystemError) in try session.add(manifest) }
            try session.publish()
        }
        try keep(stored, owner: owner ?? "")
        withExtendedLifetime(session) {}
        return .added(stored.digest)
    }

    private func checked(_ manifest: [UInt8]) throws(FarmError) -> TreeManifest {
        guard manifest.count <= limits.manifestBytes else {
            throw FarmError(.badInput, "the manifest is larger than \(SizeText.text(bytes: Int64(limits.manifestBytes)))")
        }
        guard let tree = TreeManifest(bytes: manifest) else {
            throw FarmError(.badInput, "this is no canonical manifest of a tree; see bf-state(5)")
        }
        if let fault = tree.fault { throw FarmError(.badInput, "no tree can be made of the manifest: \(fault)") }
        return tree
    }

    /// The files of the tree need no pins of their own any more.
    private func keep(_ tree: StoredTree, owner: String) throws(FarmError) {
        try store.write(.durable, rings: false) { transaction throws(FarmError) in
            try transaction.insert(tree)
            for digest in tree.blobs.keys { try transaction.removeUploadPin(of: digest, owner: owner) }
            try transaction.addUploadPin(of: tree.digest, owner: owner, for: limits.keptMilliseconds)
        }
    }

    func publish(_ path: String, as digest: Digest, bytes: Int64, owner: String) throws(FarmError) {
        let session = try store.blobs.beginSession()
        try FarmError.wrap { () throws(SystemError) in try session.adopt(path, as: digest) }
        try session.publish()
        try store.write(.durable, rings: false) { transaction throws(FarmError) in
            let now = transaction.now.wallMilliseconds
            try transaction.database.run("INSERT OR IGNORE INTO blobs(digest, bytes, created_ms) VALUES(?, ?, ?)", digest, bytes, now)
            try transaction.addUploadPin(of: digest, owner: owner, for: limits.keptMilliseconds)
        }
        withExtendedLifetime(session) {}
    }

    private func requirePlace(for owner: String) throws(FarmError) {
        guard folder.names.count < limits.openInAll, folder.names(of: owner).count < limits.openOfOwner else {
            throw FarmError(.temporary, "too many uploads are open; finish some, or wait until bf-gc removes those that were given up")
        }
    }

    func requireRoom(_ bytes: Int64) throws(FarmError) {
        let file = try FarmError.wrap { () throws(SystemError) in try FileSystem(at: folder.path) }
        guard folder.bytes + bytes <= limits.bytesInAll, file.freeBytes >= limits.freeBytes + UInt64(bytes) else {
            throw FarmError(.temporary, "there is no room for more uploads; try again later")
        }
    }
}

extension TreeManifest {
    /// The files, each once, in the order of their paths.
    fileprivate var blobs: [Digest] {
        var seen: Set<Digest> = []
        return entries.compactMap { entry in
            if case .file(_, let digest) = entry.content, seen.insert(digest).inserted { digest } else { nil }
        }
    }
}

extension TreeEntry {
    fileprivate func hasOtherSize(than sizes: [Digest: Int64]) -> Bool {
        if case .file(let size, let digest) = content { sizes[digest] != size } else { false }
    }
}

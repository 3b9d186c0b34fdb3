public import FarmModel
public import HostSystem

/// Reads a folder of unknown content into the store as a tree.
///
/// The folder is walked by descriptors and no link is followed, so what it holds cannot lead the walk elsewhere. Nobody may be writing to it.
public struct TreeReader {
    /// Decides what is taken: the path within the folder, and whether it is a folder itself. A folder that is left out is not entered,
    /// and one that is only a passage is kept only if something beneath it is.
    public typealias Choice = (_ path: String, _ isFolder: Bool) -> Verdict

    private let session: BlobSession
    private let byteLimit: Int64
    private let choice: Choice
    private var entries: [TreeEntry] = []
    private var bytes: Int64 = 0

    private static let entryLimit = 1_000_000
    private static let depthLimit = 128

    /// Prepares to read; `byteLimit` is for all files together.
    public init(session: BlobSession, byteLimit: Int64 = .max, choice: @escaping Choice = { _, _ in .taken }) {
        self.session = session
        self.byteLimit = byteLimit
        self.choice = choice
    }

    /// Reads everything chosen in `folder`, adds its files to the session and publishes them. Folders that end up empty are kept.
    ///
    /// - Parameter keeps: Whether they are published; if not, they are gone with the session.
    public mutating func read(
        _ folder: Descriptor, keeps: Bool = true
    ) throws(TreeProblem) -> (tree: StoredTree, manifest: TreeManifest) {
        try enter(folder, path: "", depth: 0)
        let manifest = TreeManifest(entries: entries)
        var links = LinkResolver(manifest)
        if let link = links.escapingLinks().first {
            throw .refused("symbolic link \(Self.shown(link)) leads out of the tree; make it relative and keep it inside")
        }
        guard keeps else { return (StoredTree(manifest), manifest) }
        do throws(SystemError) { _ = try session.add(manifest.bytes) } catch { throw .system(error) }
        do throws(FarmError) { try session.publish() } catch { throw .store(error) }
        return (StoredTree(manifest), manifest)
    }

    private mutating func enter(_ folder: Descriptor, path: String, depth: Int) throws(TreeProblem) {
        guard depth <= Self.depthLimit else { throw .refused("folder \(Self.shown(path)) is nested deeper than \(Self.depthLimit)") }
        let found: [FolderEntry]
        do throws(SystemError) { found = try folder.entries(limit: Self.entryLimit) } catch { throw .system(error) }
        for entry in found { try add(entry, of: folder, path: path, depth: depth) }
    }

    private mutating func add(_ entry: FolderEntry, of folder: Descriptor, path: String, depth: Int) throws(TreeProblem) {
        guard let name = entry.name else {
            let bytes = Hexadecimal.text(of: entry.nameBytes)
            throw .refused("the name with the bytes \(bytes) in folder \(Self.shown(path.isEmpty ? "." : path)) is not UTF-8; rename it")
        }
        let whole = path.isEmpty ? name : "\(path)/\(name)"
        guard entries.count < Self.entryLimit else { throw .refused("there are more than \(Self.entryLimit) files and folders") }
        let status = try system { () throws(SystemError) in try Files.status(name, in: folder) }
        let verdict = choice(whole, status.type == .folder)
        guard verdict != .omitted else { return }
        switch status.type {
        case .regular: try addFile(name, of: folder, path: whole, status)
        case .symbolicLink: try addLink(name, of: folder, path: whole)
        case .folder: try addFolder(name, of: folder, path: whole, depth: depth, status, isPassage: verdict == .passage)
        case .fifo, .socket, .characterDevice, .blockDevice, .unknown: throw Self.refusal(of: whole, status.type.noun)
        }
    }

    private static func refusal(of path: String, _ noun: String) -> TreeProblem {
        .refused("\(shown(path)) is a \(noun); only files, folders and symbolic links are kept")
    }

    private func system<T>(_ body: () throws(SystemError) -> T) throws(TreeProblem) -> T {
        do throws(SystemError) { return try body() } catch {
            throw error.isTooLarge ? .tooLarge(limit: byteLimit) : .system(error)
        }
    }

    private mutating func addFile(_ name: String, of folder: Descriptor, path: String, _ status: FileStatus) throws(TreeProblem) {
        let file = try system { () throws(SystemError) in try opened(name, of: folder, [.read, .noFollow, .nonBlocking], status) }
        // What was examined and what was opened may differ; only the open file counts. Its mode is the one from before it was made readable.
        let type = try system { () throws(SystemError) in try file.status().type }
        guard type == .regular else { throw Self.refusal(of: path, type.noun) }
        let (digest, size) = try system { () throws(SystemError) in try session.add(file, limit: byteLimit - bytes) }
        bytes += size
        entries.append(TreeEntry(path: path, mode: status.permissions, content: .file(size: size, digest: digest)))
    }

    private mutating func addLink(_ name: String, of folder: Descriptor, path: String) throws(TreeProblem) {
        let target = try system { () throws(SystemError) in try Files.linkTarget(name, in: folder) }
        guard let text = String(validating: target, as: UTF8.self) else {
            throw Self.refusal(of: path, "symbolic link to a name that is not UTF-8")
        }
        entries.append(TreeEntry(path: path, mode: 0o777, content: .link(target: text)))
    }

    private mutating func addFolder(
        _ name: String, of folder: Descriptor, path: String, depth: Int, _ status: FileStatus, isPassage: Bool
    ) throws(TreeProblem) {
        let inner = try system { () throws(SystemError) in try opened(name, of: folder, [.read, .folder, .noFollow], status) }
        entries.append(TreeEntry(path: path, mode: status.permissions, content: .folder))
        let count = entries.count
        try enter(inner, path: path, depth: depth + 1)
        if isPassage, entries.count == count { entries.removeLast() }
    }

    /// Opens an entry; one that its owner may not read is made readable first.
    private func opened(
        _ name: String, of folder: Descriptor, _ options: OpenOptions, _ status: FileStatus
    ) throws(SystemError) -> Descriptor {
        do {
            return try Files.open(name, options, in: folder)
        } catch  where error.isPermissionDenied && status.type != .symbolicLink {
            try Files.setPermissions(name, status.permissions | 0o700, in: folder)
            return try Files.open(name, options, in: folder)
        }
    }

    /// A path as a message can show it.
    private static func shown(_ path: String) -> String { JSONValue.string(path).text }
}

extension FileType {
    /// What a message calls it.
    var noun: String {
        switch self {
        case .regular: "file"
        case .folder: "folder"
        case .symbolicLink: "symbolic link"
        case .fifo: "named pipe"
        case .socket: "socket"
        case .characterDevice, .blockDevice: "device"
        case .unknown: "thing of unknown type"
        }
    }
}

internal import HostSystem

/// Goes through a folder in the order in which a daemon expects it: depth first, names sorted by their bytes. Blocks.
struct FolderWalk {
    /// Something that is sent.
    struct Entry {
        /// Without a leading slash.
        var path: String
        var mode: GoFileMode
        var status: FileStatus
        /// What a symbolic link says.
        var target = ""
    }

    private let folder: UploadFolder
    private let selection: UploadSelection
    private let root: Descriptor
    /// What is still to be looked at of each open folder, the last first.
    private var pending: [(path: String, names: [String])]
    /// Folders that are sent only if something in them is.
    private var reserved: [Entry] = []

    init(_ folder: UploadFolder, _ selection: UploadSelection, root: Descriptor) throws(SystemError) {
        self.folder = folder
        self.selection = selection
        self.root = root
        pending = [("", try Self.names(root, folder.path))]
    }

    /// The next entries, at most about so many; none at the end.
    mutating func next(atMost limit: Int) throws(SystemError) -> [Entry] {
        var result: [Entry] = []
        while result.count < limit, let top = pending.indices.last {
            guard let name = pending[top].names.popLast() else {
                let done = pending.removeLast()
                if reserved.last?.path == done.path { reserved.removeLast() }
                continue
            }
            let path = pending[top].path.isEmpty ? name : "\(pending[top].path)/\(name)"
            try visit(path, &result)
        }
        return result
    }

    private mutating func visit(_ path: String, _ result: inout [Entry]) throws(SystemError) {
        let verdict = selection.verdict(path, folder.ignored)
        if verdict == .ignored(mayKeepBeneath: false) { return }
        guard let status = try Files.statusIfPresent(path, in: root), let mode = GoFileMode(status) else { return }
        var entry = Entry(path: path, mode: mode, status: status)
        guard verdict == .kept || status.type == .folder else { return }
        if verdict == .kept {
            if status.type == .symbolicLink { entry.target = try target(path) }
            result += reserved
            reserved = []
            result.append(entry)
        } else {
            reserved.append(entry)
        }
        if status.type == .folder {
            pending.append((path, try Self.names(try Files.open(path, [.read, .folder, .noFollow], in: root), path)))
        }
    }

    private func target(_ path: String) throws(SystemError) -> String {
        let bytes = try Files.linkTarget(path, in: root)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw SystemError(code: 84, attempt: "send the link", path: path) }
        return text
    }

    /// The names in a folder, the last first. Messages carry text, so a name that is none cannot be sent: that is `EILSEQ`.
    private static func names(_ folder: Descriptor, _ path: String) throws(SystemError) -> [String] {
        var names: [String] = []
        for entry in try folder.entries().reversed() {
            guard let name = entry.name else { throw SystemError(code: 84, attempt: "send a name that is not UTF-8 in", path: path) }
            names.append(name)
        }
        return names
    }
}

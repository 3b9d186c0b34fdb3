internal import FarmModel
internal import Glibc
internal import HostSystem

/// Writes the entries of an archive beneath one folder. Every path is walked from that folder's descriptor, and a link on the way is an error.
struct EntryWriter {
    private let root: Descriptor
    private let limits: UnpackLimits
    private let trustsModes: Bool
    /// The paths, as bytes, of what this archive has made, folders excepted: only that may be replaced.
    private var made: Set<[UInt8]> = []
    private var folderModes: [(path: String, permissions: UInt32)] = []
    private var links: [TreeEntry] = []
    private var lastFolder: (path: String, descriptor: Descriptor)?

    /// Bytes of all files so far.
    private(set) var bytes: Int64 = 0

    init(_ root: Descriptor, _ limits: UnpackLimits, trustsModes: Bool = false) {
        self.root = root
        self.limits = limits
        self.trustsModes = trustsModes
    }

    /// Counts content that is going to be written.
    mutating func count(_ more: Int64) throws(UnpackFailure) {
        let sum = bytes.addingReportingOverflow(more)
        guard more >= 0, !sum.overflow, sum.partialValue <= limits.bytes else {
            throw .tooLarge(limits.bytes)
        }
        bytes = sum.partialValue
    }

    /// The mode for what an archive says: only who is trusted gives files the rights of their owners.
    private func mode(_ permissions: UInt32, usual: UInt32) -> UInt32 {
        if trustsModes { return permissions }
        return permissions == 0 ? usual : permissions & 0o777
    }

    /// Makes a folder; one that is there already is the same folder. Its mode is set in the end: it may keep out what comes into it.
    mutating func addFolder(_ path: EntryPath, _ permissions: UInt32) throws(UnpackFailure) {
        guard !path.names.isEmpty else { return }
        let parent = try folder(path.folder)
        try makeFolder(path.name, in: parent, path.text)
        folderModes.append((path.text, mode(permissions, usual: 0o755)))
    }

    /// Makes an empty file. No right at all means that the archive says nothing of rights, as some zip files do.
    mutating func addFile(_ path: EntryPath, _ permissions: UInt32) throws(UnpackFailure) -> Descriptor {
        let parent = try place(for: path)
        return try UnpackFailure.wrap { () throws(SystemError) in
            let file = try Files.open(path.name, [.write, .create, .exclusive, .noFollow], mode: 0o600, in: parent)
            try file.setPermissions(mode(permissions, usual: 0o644))
            return file
        }
    }

    /// Makes a symbolic link. Where it leads is looked at in the end, when everything it may lead through is known.
    mutating func addLink(_ path: EntryPath, target: String) throws(UnpackFailure) {
        guard !target.isEmpty, target.utf8.count < 4_096 else { throw .refused(path.text, "is a symbolic link to an impossible path") }
        let parent = try place(for: path)
        try UnpackFailure.wrap { () throws(SystemError) in try Files.makeSymbolicLink(path.name, target: target, in: parent) }
        links.append(TreeEntry(path: path.text, mode: 0o777, content: .link(target: target)))
    }

    /// Gives a file of this archive a second name.
    mutating func addName(_ path: EntryPath, for target: EntryPath) throws(UnpackFailure) {
        guard made.contains(target.bytes), path.bytes != target.bytes else {
            throw .refused(path.text, "is a link to a file that the archive does not have")
        }
        let source = try folder(target.folder)
        let parent = try place(for: path)
        let status = try UnpackFailure.wrap { () throws(SystemError) in try Files.status(target.name, in: source) }
        guard status.type == .regular else { throw .refused(path.text, "is a link to what is not a file") }
        try UnpackFailure.wrap { () throws(SystemError) in
            try Files.link(target.name, to: path.name, from: source, into: parent)
        }
    }

    /// Opens a file of this archive for new content.
    mutating func reopen(_ path: EntryPath) throws(UnpackFailure) -> Descriptor {
        let parent = try folder(path.folder)
        return try UnpackFailure.wrap { () throws(SystemError) in
            let permissions = try Files.status(path.name, in: parent).permissions
            try Files.setPermissions(path.name, 0o600, in: parent)
            let file = try Files.open(path.name, [.write, .noFollow], in: parent)
            try file.setPermissions(permissions)
            return file
        }
    }

    /// Sets the modes of the folders, innermost first, each as its last entry says.
    mutating func finish() throws(UnpackFailure) {
        var seen: Set<[UInt8]> = []
        let last = folderModes.reversed().filter { seen.insert(Array($0.path.utf8)).inserted }
        for (path, permissions) in last.sorted(by: { $0.path.utf8.count > $1.path.utf8.count }) {
            try UnpackFailure.wrap { () throws(SystemError) in
                try Files.open(path, beneath: root, [.read, .folder]).setPermissions(permissions)
            }
        }
    }

    /// The links that lead out of the folder.
    var linksOut: [String] {
        let present = Dictionary(links.map { (Array($0.path.utf8), $0) }) { _, last in last }.values.filter { isLink($0.path) }
        let manifest = TreeManifest(entries: Array(present))
        var links = LinkResolver(manifest)
        return links.escapingLinks()
    }

    /// A link may have been replaced by a later entry.
    private func isLink(_ path: String) -> Bool { (try? Files.status(path, in: root))?.type == .symbolicLink }

    /// The folder in which an entry is going to be made, its name free.
    private mutating func place(for path: EntryPath) throws(UnpackFailure) -> Descriptor {
        guard !path.names.isEmpty else { throw .refused(".", "is no folder") }
        let parent = try folder(path.folder)
        let present = try UnpackFailure.wrap { () throws(SystemError) in try Files.statusIfPresent(path.name, in: parent) }
        if let present {
            guard made.contains(path.bytes), present.type != .folder else {
                throw .refused(
                    path.text, present.type == .folder ? "stands where a folder is" : "stands where another source has put something")
            }
            try UnpackFailure.wrap { () throws(SystemError) in try Files.removeFile(path.name, in: parent) }
        }
        made.insert(path.bytes)
        return parent
    }

    /// The folder at a path, made with those it lies in where they are missing.
    private mutating func folder(_ path: String) throws(UnpackFailure) -> Descriptor {
        if path.isEmpty { return root }
        if let lastFolder, lastFolder.path.utf8.elementsEqual(path.utf8) { return lastFolder.descriptor }
        let descriptor = try opened(path)
        lastFolder = (path, descriptor)
        return descriptor
    }

    private func opened(_ path: String) throws(UnpackFailure) -> Descriptor {
        do throws(SystemError) {
            return try Files.open(path, beneath: root, [.read, .folder])
        } catch  where error.isMissing {
            return try made(path)
        } catch  where error.code == ELOOP || error.code == ENOTDIR {
            throw .refused(path, "is a folder where something else is")
        } catch {
            throw .system(error)
        }
    }

    private func made(_ path: String) throws(UnpackFailure) -> Descriptor {
        var parent = root
        var place = ""
        for name in path.pathNames() {
            place += place.isEmpty ? String(name) : "/\(name)"
            try makeFolder(String(name), in: parent, place)
            parent = try UnpackFailure.wrap { () throws(SystemError) in
                try Files.open(String(name), [.read, .folder, .noFollow], in: parent)
            }
        }
        return parent
    }

    private func makeFolder(_ name: String, in parent: Descriptor, _ path: String) throws(UnpackFailure) {
        do throws(SystemError) {
            try Files.makeFolder(name, mode: 0o700, in: parent)
        } catch  where error.isExisting {
            let present = try UnpackFailure.wrap { () throws(SystemError) in try Files.status(name, in: parent) }
            guard present.type == .folder else { throw .refused(path, "is a folder where something else is") }
        } catch {
            throw .system(error)
        }
    }
}

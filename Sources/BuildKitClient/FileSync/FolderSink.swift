internal import Glibc
public import HostSystem
internal import Synchronization

/// Writes a tree beneath a folder. No path leaves it, no link is followed, nothing that is there is replaced.
public final class FolderSink: TreeSink {
    private let root: Descriptor
    private let folders = Mutex<(known: (path: String, descriptor: Descriptor)?, made: [ReceivedEntry])>((nil, []))

    /// A sink that writes beneath this folder, which should be empty.
    public init(_ folder: Descriptor) { root = folder }

    /// See ``TreeSink``.
    public func add(_ entry: ReceivedEntry) throws {
        let parent = try self.parent(of: entry)
        switch entry.type {
        case .folder:
            // Closed folders are closed in the end, when everything is in them.
            try Files.makeFolder(entry.name, mode: 0o700, in: parent)
            folders.withLock { $0.made.append(entry) }
        case .symbolicLink:
            try Files.makeSymbolicLink(entry.name, target: entry.target, in: parent)
            try setTimes(entry, parent)
        default:
            let source = try Files.open(entry.target, beneath: root, [.pathOnly, .noFollow])
            guard try source.status().type == .regular else { throw SystemError(code: EINVAL, attempt: "link", path: entry.path) }
            let other = ReceivedEntry(
                path: entry.target, type: .regular, permissions: 0, size: 0, modifiedNanoseconds: 0, target: "")
            try Files.link(other.name, to: entry.name, from: try folder(other.parent), into: parent)
        }
    }

    /// See ``TreeSink``.
    public func begin(_ entry: ReceivedEntry) throws -> any FileSink {
        let parent = try self.parent(of: entry)
        let file = try Files.open(entry.name, [.write, .create, .exclusive, .noFollow], mode: 0o600, in: parent)
        return Content(file: file, parent: parent, entry: entry)
    }

    /// See ``TreeSink``.
    public func finish() throws {
        let made = folders.withLock { $0.made }
        for entry in made.reversed() {
            let folder = try Files.open(entry.path, beneath: root, [.read, .folder])
            try folder.setPermissions(entry.permissions)
            try setTimes(entry, try self.folder(entry.parent))
        }
    }

    private struct Content: FileSink {
        let file: Descriptor
        let parent: Descriptor
        let entry: ReceivedEntry

        func write(_ bytes: [UInt8]) throws { try file.writeAll(bytes) }

        func finish() throws {
            try file.setPermissions(entry.permissions)
            file.close()
            let (seconds, nanoseconds) = entry.time
            try Files.setTimes(entry.name, seconds: seconds, nanoseconds: nanoseconds, in: parent)
        }
    }

    private func setTimes(_ entry: ReceivedEntry, _ parent: Descriptor) throws(SystemError) {
        let (seconds, nanoseconds) = entry.time
        try Files.setTimes(entry.name, seconds: seconds, nanoseconds: nanoseconds, in: parent)
    }

    private func parent(of entry: ReceivedEntry) throws(SystemError) -> Descriptor { try folder(entry.parent) }

    /// The last folder is kept open: most files come folder by folder.
    private func folder(_ path: String) throws(SystemError) -> Descriptor {
        if path.isEmpty { return root }
        if let known = folders.withLock({ $0.known }), known.path == path { return known.descriptor }
        let opened = try Files.open(path, beneath: root, [.read, .folder])
        folders.withLock { $0.known = (path, opened) }
        return opened
    }
}

extension ReceivedEntry {
    /// The time in seconds and the nanoseconds beside them.
    fileprivate var time: (seconds: Int64, nanoseconds: Int64) {
        let seconds = modifiedNanoseconds >= 0 ? modifiedNanoseconds / 1_000_000_000 : (modifiedNanoseconds - 999_999_999) / 1_000_000_000
        return (seconds, modifiedNanoseconds - seconds * 1_000_000_000)
    }
}

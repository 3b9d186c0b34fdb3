internal import Glibc
public import HostSystem

extension Workspace {
    /// A folder that once held very many files stays large and slow in some file systems.
    private static let largestEmptyFolder: Int64 = 64 << 10

    /// Removes what the attempt left, so that another attempt can have the same folders: to make and remove them would cost more than all
    /// else around a short job. What is not as ``create()`` makes it, in mode, owner or attributes, is removed altogether.
    ///
    /// Only when no process of the attempt lives any more.
    /// - Parameter files: the names of files that stay.
    public func empty(keeping files: Set<String>) throws(SystemError) {
        let folder = try Files.open(path, [.read, .folder, .noFollow])
        let folders = Set([build, out, temporary, home, dependencies, empty, needs].map { String($0.dropFirst(path.utf8.count + 1)) })
        for entry in try folder.entries() {
            guard let name = entry.name else { throw SystemError(code: EILSEQ, attempt: "empty", path: path) }
            if files.contains(name) && entry.type == .regular { continue }
            if entry.type == .symbolicLink, try isEmptyLink(name, in: folder) { continue }
            if folders.contains(name), entry.type == .folder, try Self.empty(name, in: folder) { continue }
            try Files.removeTree(name, in: folder)
        }
    }

    private func isEmptyLink(_ name: String, in folder: Descriptor) throws(SystemError) -> Bool {
        guard "\(path)/\(name)" == emptyLink else { return false }
        return try Files.linkTarget(name, in: folder) == Array(Self.nothing.utf8)
    }

    /// Empties one folder; false if it is not as it was made.
    private static func empty(_ name: String, in parent: Descriptor) throws(SystemError) -> Bool {
        guard let folder = try? Files.open(name, [.read, .folder, .noFollow], in: parent) else { return false }
        let status = try folder.status()
        guard status.permissions == 0o755, status.owner == geteuid(), status.size <= largestEmptyFolder,
            try !folder.hasExtendedAttributes()
        else { return false }
        for entry in try folder.entries() {
            guard let name = entry.name else { return false }
            try Files.removeTree(name, in: folder)
        }
        return true
    }
}

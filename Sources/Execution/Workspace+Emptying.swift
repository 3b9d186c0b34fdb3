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
    /// - Returns: whether these files and all that ``create()`` makes are there.
    @discardableResult
    public func empty(keeping files: Set<String>) throws(SystemError) -> Bool {
        let folder = try Files.open(path, [.read, .folder, .noFollow])
        let user = geteuid()
        let created = names(of: [build, out, temporary, home])
        let folders = created.union(names(of: [dependencies, empty, needs]))
        var missing = created.union(files)
        for entry in try folder.entries() {
            guard let name = entry.name else { throw SystemError(code: EILSEQ, attempt: "empty", path: path) }
            if try keeps(name, entry.type, files, folders, in: folder, user) {
                missing.remove(name)
            } else {
                try Files.removeTree(name, in: folder)
            }
        }
        return missing.isEmpty
    }

    private func names(of paths: [String]) -> Set<String> { Set(paths.map { String($0.dropFirst(path.utf8.count + 1)) }) }

    private func keeps(
        _ name: String, _ type: FileType, _ files: Set<String>, _ folders: Set<String>, in folder: Descriptor, _ user: UInt32
    ) throws(SystemError) -> Bool {
        switch type {
        case .regular: return files.contains(name)
        case .symbolicLink: return try isEmptyLink(name, in: folder)
        case .folder where folders.contains(name): return try Self.empty(name, in: folder, user)
        default: return false
        }
    }

    private func isEmptyLink(_ name: String, in folder: Descriptor) throws(SystemError) -> Bool {
        guard "\(path)/\(name)" == emptyLink else { return false }
        return try Files.linkTarget(name, in: folder) == Array(Self.nothing.utf8)
    }

    /// Empties one folder; false if it is not as it was made.
    private static func empty(_ name: String, in parent: Descriptor, _ user: UInt32) throws(SystemError) -> Bool {
        guard let folder = try? Files.open(name, [.read, .folder, .noFollow], in: parent) else { return false }
        let status = try folder.status()
        guard status.permissions == 0o755, status.owner == user, status.size <= largestEmptyFolder,
            try !folder.hasExtendedAttributes()
        else { return false }
        if try folder.isEmptyFolder() { return true }
        for entry in try folder.entries() {
            guard let name = entry.name else { return false }
            try Files.removeTree(name, in: folder)
        }
        return true
    }
}

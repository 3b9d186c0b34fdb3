import HostSystem

extension FileSystemFacts {
    /// The file system of a path, or of what is above it; nil where it cannot be examined.
    static func probe(_ path: String) -> FileSystemFacts? {
        guard let system = try? FileSystem(at: StateFolderFacts.nearestFolder(of: path)) else { return nil }
        return FileSystemFacts(
            type: system.type, isNetwork: system.isNetwork, freeBytes: system.freeBytes, totalBytes: system.totalBytes,
            freeInodes: system.freeInodes, totalInodes: system.totalInodes)
    }
}

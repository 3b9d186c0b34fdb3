import HostSystem

/// The order in which the names in a folder were made. Many file systems list them in that order, or in its reverse; others, as ext4, in one
/// that has nothing to do with it, and there nothing is varied.
enum FolderOrder {
    /// Makes a folder and all folders in it anew with the same content, the names in descending order. Modes and times stay; links are not
    /// followed. A folder with names that are not UTF-8 is left as it is.
    static func reverse(_ path: String) throws(SystemError) {
        let entries = try Files.entries(of: path)
        let names = entries.compactMap(\.name)
        guard names.count == entries.count else { return }
        for entry in entries where entry.type == .folder { if let name = entry.name { try reverse("\(path)/\(name)") } }
        guard names.count > 1 else { return }
        let status = try Files.status(path)
        try Files.setPermissions(path, status.permissions | 0o700)
        let new = "\(path).reversed"
        try Files.makeFolder(new, mode: 0o700)
        for name in names.sorted(by: >) { try Files.rename("\(path)/\(name)", to: "\(new)/\(name)") }
        try Files.removeFolder(path)
        try Files.rename(new, to: path)
        try Files.setPermissions(path, status.permissions)
        try Files.setTimes(path, seconds: status.modifiedNanoseconds / 1_000_000_000)
    }
}

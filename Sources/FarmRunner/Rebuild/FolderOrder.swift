import HostSystem

/// The order in which the names in a folder were made. Many file systems list them in that order, or in its reverse; others, as ext4, in one
/// that has nothing to do with it, and there nothing is varied.
enum FolderOrder {
    /// What making a folder anew changes.
    private struct Mark {
        var path: String
        var status: FileStatus
    }

    /// Makes a folder and all folders in it anew with the same content, the names in descending order. Modes and times stay; links are not
    /// followed. A folder with names that are not UTF-8 is left as it is.
    static func reverse(_ path: String) throws(SystemError) {
        var marks: [Mark] = []
        try reverse(path, &marks)
        // Innermost first: a folder that is closed again keeps its content out of reach.
        for mark in marks {
            try Files.setTimes(mark.path, seconds: mark.status.modifiedNanoseconds / 1_000_000_000)
            try Files.setPermissions(mark.path, mark.status.permissions)
        }
    }

    private static func reverse(_ path: String, _ marks: inout [Mark]) throws(SystemError) {
        let status = try Files.status(path)
        // Also for moving it: its owner must be able to write to it.
        try Files.setPermissions(path, status.permissions | 0o700)
        let entries = try Files.entries(of: path)
        for entry in entries where entry.type == .folder {
            if let name = entry.name { try reverse("\(path)/\(name)", &marks) }
        }
        let names = entries.compactMap(\.name)
        if names.count == entries.count { try remake(path, names) }
        marks.append(Mark(path: path, status: status))
    }

    private static func remake(_ path: String, _ names: [String]) throws(SystemError) {
        let new = "\(path).reversed"
        try Files.makeFolder(new, mode: 0o700)
        for name in names.sorted(by: >) { try Files.rename("\(path)/\(name)", to: "\(new)/\(name)") }
        try Files.removeFolder(path)
        try Files.rename(new, to: path)
    }
}

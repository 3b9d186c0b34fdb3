import FarmModel
import HostSystem

/// Where things go before they are removed: out of everybody's way in a moment, under whatever lock that needs, however long it then takes to
/// remove them.
struct Trash {
    private let folder: String

    /// - Throws: where the folder cannot be made.
    init(_ directory: StateDirectory) throws(FarmError) {
        folder = directory.trash
        try FarmError.wrap { () throws(SystemError) in try Files.makeFolders(folder, mode: 0o700) }
    }

    /// Moves a file or folder here; one that is not there is none.
    func take(_ path: String, as name: String) throws(FarmError) {
        do throws(SystemError) {
            try Files.rename(path, to: "\(folder)/\(name)")
        } catch {
            if !error.isMissing { throw FarmError(error) }
        }
    }

    /// Removes everything here.
    func empty() throws(FarmError) {
        try FarmError.wrap { () throws(SystemError) in
            for entry in try Files.entries(of: folder) where entry.name != nil { try Files.removeTree("\(folder)/\(entry.name ?? "")") }
        }
    }
}

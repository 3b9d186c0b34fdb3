public import FarmModel
internal import HostSystem

extension Store {
    /// Copies the database, as it is at one moment, into a file for its owner only; others go on writing meanwhile. The name leads to the whole
    /// copy or to what was there before, also after a power cut.
    ///
    /// - Parameter path: Nothing is there, or an older copy, which is replaced.
    /// - Throws: `cannotCreate` if something else is there; `inputOutput`, `noPermission`.
    public func backUp(to path: String) throws(FarmError) {
        try BackupPlace(path: path).check()
        let temporary = "\(path).\(RandomBytes.hexadecimal(8))"
        let file = try FarmError.wrap { () throws(SystemError) in
            try Files.open(temporary, [.write, .create, .exclusive, .noFollow], mode: 0o600)
        }
        do throws(FarmError) {
            try read { database throws(FarmError) in try database.copy(into: temporary) }
            try FarmError.wrap { () throws(SystemError) in
                try file.sync()
                try Files.rename(temporary, to: path)
            }
        } catch {
            try? Files.removeFile(temporary)
            throw error
        }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        try FarmError.wrap { () throws(SystemError) in try Files.open(folder, [.read, .folder]).sync() }
    }
}

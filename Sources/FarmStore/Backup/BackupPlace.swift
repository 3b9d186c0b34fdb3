import FarmModel
import HostSystem

/// Where a copy of the database shall be: a free name, or that of an older copy.
struct BackupPlace {
    let path: String

    /// The header of a database, by SQLite's file format: its first words, and the application's number in big-endian at byte 68.
    private static let magic = Array("SQLite format 3\0".utf8)
    private static let applicationOffset = 68

    /// Refuses what is no copy, so that a slip of the pen costs no file, and a database that is in use.
    /// - Throws: `cannotCreate`, `inputOutput`, `noPermission`.
    func check() throws(FarmError) {
        guard let status = try status(path) else { return }
        guard status.type == .regular, try isDatabase() else {
            throw FarmError(.cannotCreate, "\(path) is there and no copy of a farm's database; choose another name")
        }
        // As long as somebody has a database open, or was killed with it, a part of it may be in the log beside it.
        guard try self.status(path + "-wal") == nil else {
            throw FarmError(.cannotCreate, "\(path) is a database in use, for \(path)-wal is beside it; choose another name")
        }
    }

    private func status(_ path: String) throws(FarmError) -> FileStatus? {
        try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(path) }
    }

    private func isDatabase() throws(FarmError) -> Bool {
        let header = try FarmError.wrap { () throws(SystemError) in
            try Files.open(path, [.read, .noFollow]).read(atMost: Self.applicationOffset + 4) ?? []
        }
        guard header.count == Self.applicationOffset + 4, header.starts(with: Self.magic) else { return false }
        return header[Self.applicationOffset...].reduce(0) { $0 << 8 | Int64($1) } == Schema.applicationID
    }
}

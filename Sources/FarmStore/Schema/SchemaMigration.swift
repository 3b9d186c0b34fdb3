import FarmModel
import HostSystem

/// Brings a database of an earlier version of bf to ours, while nobody else has it open. A copy of the old one is kept beside it.
struct SchemaMigration {
    let directory: StateDirectory
    let connection: Connection
    /// Held shared by this process.
    let schemaLock: FileLock
    let writeLock: WriteLock
    let notice: @Sendable (String) -> Void

    private static let patience = Duration.seconds(2)

    /// The path of the copy that is kept of a version.
    static func copy(of directory: StateDirectory, version: Int64) -> String { "\(directory.database).schema-\(version)" }

    /// - Throws: `temporary`, naming who has the database open; `inputOutput` if there is no room for the copy.
    func run() throws(FarmError) {
        try lockAlone()
        // Another process may have migrated it between the two locks.
        let version = try SchemaVersion.read(connection)
        if version < Schema.version {
            notice("migrating the state directory from schema \(version) to \(Schema.version)")
            try writeLock.holding { () throws(FarmError) in try migrate(from: version) }
        }
        try FarmError.wrap { () throws(SystemError) in try schemaLock.lock(.shared, timeout: Self.patience) }
    }

    private func lockAlone() throws(FarmError) {
        do throws(SystemError) {
            try schemaLock.unlock()
            try schemaLock.lock(.exclusive, timeout: Self.patience)
        } catch {
            guard error.isTimeout else { throw FarmError(error) }
            let others = ((try? LockTable.takers(of: directory.schemaLock)) ?? []).joined(separator: ", ")
            throw FarmError(
                .temporary,
                "the state directory has an older schema and is in use by \(others.isEmpty ? "another process" : others); let it end, then try again"
            )
        }
    }

    private func migrate(from version: Int64) throws(FarmError) {
        try keepCopy(version)
        // The one place where a commit has to be on the disk by itself: what follows relies on the new tables.
        try connection.execute("PRAGMA synchronous = FULL; BEGIN IMMEDIATE")
        do throws(FarmError) {
            try connection.execute(Schema.statements(from: version))
            try connection.execute("COMMIT; PRAGMA synchronous = NORMAL")
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
        _ = connection.checkpoint(truncating: true)
    }

    private func keepCopy(_ version: Int64) throws(FarmError) {
        let path = Self.copy(of: directory, version: version)
        let part = path + ".part"
        try? Files.removeFile(part)
        try connection.run("VACUUM INTO ?", part)
        try FarmError.wrap { () throws(SystemError) in
            let file = try Files.open(part, [.read, .write])
            try file.setPermissions(0o600)
            try file.sync()
            try Files.rename(part, to: path)
            try Files.open(directory.path, [.read, .folder]).sync()
        }
    }
}

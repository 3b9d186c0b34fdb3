internal import FarmModel
internal import HostSystem

/// Opens, and on the first use makes, a state directory.
struct StoreOpening {
    let directory: StateDirectory
    let command: String
    let notice: @Sendable (String) -> Void
    var limits = CheckpointLimits()
    var readClock: @Sendable () -> Moment = {
        Moment(wallMilliseconds: Clock.wallMilliseconds, bootMilliseconds: Clock.boottimeMilliseconds, bootIdentifier: Clock.bootIdentifier)
    }

    func open() throws(FarmError) -> Store {
        let isNew = try prepareFolder()
        let schemaLock = try shareSchema()
        let writeLock = try WriteLock(directory: directory, command: command, limits: limits, notice: notice)
        let connection = try Connection(path: directory.database, creates: true)
        let version = isNew ? 0 : try SchemaVersion.read(connection)
        if version == 0 { try writeLock.holding { () throws(FarmError) in try create(connection) } }
        try refuseForeign(connection)
        if version > 0, version < Schema.version {
            try SchemaMigration(
                directory: directory, connection: connection, schemaLock: schemaLock, writeLock: writeLock, notice: notice
            ).run()
        }
        try requireVersion(connection)
        let epoch = try currentEpoch(connection, writeLock)
        return Store(
            directory: directory, connection: connection, writeLock: writeLock, schemaLock: schemaLock, epoch: epoch, readClock: readClock)
    }

    /// Makes the folders that are missing; true if the database is still to be made.
    private func prepareFolder() throws(FarmError) -> Bool {
        if let status = try? Files.status(directory.path, following: true), status.type != .folder {
            throw FarmError(.cannotCreate, "\(directory.path) is no folder; choose another state directory with --state")
        }
        // Where a copy of a database was put there may be nothing else.
        if try !isPresent(directory.runners) { try makeFolders() }
        let isNew = try !isPresent(directory.database)
        try refuseNetworkFileSystem()
        guard isNew else { return false }
        // SQLite would make it readable for all; the files beside it get its mode.
        _ = try FarmError.wrap { () throws(SystemError) in try Files.open(directory.database, [.write, .create], mode: 0o600) }
        return true
    }

    private func isPresent(_ path: String) throws(FarmError) -> Bool {
        try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(path) } != nil
    }

    private func makeFolders() throws(FarmError) {
        try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolders(directory.path, mode: 0o700)
            for folder in [directory.path + "/work", directory.path + "/logs", directory.blobs, directory.cache] {
                try Files.makeFolders(folder, mode: 0o700)
            }
            let tag = "Signature: 8a477f597d28d172789f06886806bc55\n# Everything here can be made again. See https://bford.info/cachedir/\n"
            try Files.writeAtomically(Array(tag.utf8), to: directory.cache + "/CACHEDIR.TAG")
            // The last one: it tells that all are there.
            try Files.makeFolders(directory.runners, mode: 0o700)
        }
    }

    private func refuseNetworkFileSystem() throws(FarmError) {
        guard let system = try? FileSystem(at: directory.path), system.isNetwork else { return }
        throw FarmError(
            .configuration,
            "\(directory.path) is on a network file system, whose locks cannot be trusted; put the state directory on a local disk")
    }

    private func shareSchema() throws(FarmError) -> FileLock {
        do throws(SystemError) {
            let lock = try FileLock(path: directory.schemaLock)
            try lock.lock(.shared, noticeAfter: .seconds(2), timeout: .seconds(60)) {
                notice("waiting for a migration of the state directory")
            }
            return lock
        } catch {
            guard error.isTimeout else { throw FarmError(error) }
            throw FarmError(.temporary, "the state directory \(directory.path) is being migrated; try again")
        }
    }

    private func create(_ connection: Connection) throws(FarmError) {
        // Another process may have made it while this one waited for the lock.
        guard try SchemaVersion.read(connection) == 0 else { return }
        let tables = try connection.first("SELECT count(*) FROM sqlite_master") { $0.integer(0) } ?? 0
        guard tables == 0 else { throw FarmError(.configuration, "\(directory.database) is a database of another program") }
        try connection.execute(Schema.preparation)
        try connection.execute("BEGIN IMMEDIATE")
        try connection.execute(Schema.statements(from: 0))
        try connection.execute("INSERT INTO meta(name, value) VALUES('created_ms', \(Clock.wallMilliseconds))")
        try storeEmptyTree(connection)
        try connection.execute("COMMIT")
        _ = connection.checkpoint(truncating: false)
        try FarmError.wrap { () throws(SystemError) in try Files.open(directory.path, [.read, .folder]).sync() }
    }

    /// The tree without entries is always there, so that jobs without outputs cost nothing.
    private func storeEmptyTree(_ connection: Connection) throws(FarmError) {
        let now = Moment(wallMilliseconds: Clock.wallMilliseconds, bootMilliseconds: 0, bootIdentifier: "")
        try Transaction(database: connection, now: now, epoch: 0).insert(.empty)
    }

    private func refuseForeign(_ connection: Connection) throws(FarmError) {
        let application = try connection.first("PRAGMA application_id") { $0.integer(0) }
        guard application == Schema.applicationID else {
            throw FarmError(.configuration, "\(directory.database) is not a database of bf")
        }
    }

    private func requireVersion(_ connection: Connection) throws(FarmError) {
        try SchemaVersion.require(connection)
        try connection.execute("PRAGMA secure_delete = OFF")
    }

    /// The number of this boot among those that used the state directory; event cursors carry it.
    private func currentEpoch(_ connection: Connection, _ writeLock: WriteLock) throws(FarmError) -> Int64 {
        if let epoch = try knownEpoch(connection) { return epoch }
        return try writeLock.holding { () throws(FarmError) in
            if let epoch = try knownEpoch(connection) { return epoch }
            try connection.execute("BEGIN IMMEDIATE")
            let newest = try connection.first("SELECT value FROM meta WHERE name = 'epoch'") { $0.integer(0) } ?? 0
            try connection.run(
                "INSERT OR REPLACE INTO meta(name, value) VALUES('epoch', ?), ('boot_id', ?)", newest + 1, Clock.bootIdentifier)
            try connection.execute("COMMIT")
            return newest + 1
        }
    }

    private func knownEpoch(_ connection: Connection) throws(FarmError) -> Int64? {
        try connection.first(
            "SELECT e.value FROM meta e JOIN meta b ON b.name = 'boot_id' WHERE e.name = 'epoch' AND b.value = ?", Clock.bootIdentifier
        ) { $0.integer(0) }
    }
}

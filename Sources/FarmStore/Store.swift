public import FarmModel
internal import HostSystem
internal import Synchronization

/// The farm's state directory, open: a connection to the database, guarded, with the rules by which it is written.
///
/// - Writers of all processes queue on `farm.lock`. Whoever holds it does nothing but database work.
/// - Checkpoints happen only under that lock, so that two can never overlap: SQLite before 3.51.3 can corrupt a database then.
/// - Reads do not wait for a write of the same process: they have another connection then, and see what was committed before.
/// - A durable write returns when the write-ahead log is on the disk. The wait for the disk is outside the lock.
public final class Store: Sendable {
    /// The folder.
    public let directory: StateDirectory
    /// Content-addressed files and trees.
    public let blobs: BlobStore

    private let connection: Mutex<Connection>
    /// For reads while the other one is taken; opened when that first happens.
    private let reader = Mutex<Connection?>(nil)
    let knownNeeds = KnownNeeds()
    private let writeLock: WriteLock
    private let schemaLock: FileLock
    let epoch: Int64
    private let readClock: @Sendable () -> Moment

    /// What must be true when a write returns.
    enum Durability {
        /// A crash of the process loses nothing; a power cut may lose the newest writes.
        case lazy
        /// The write survives a power cut.
        case durable
        /// Durable if the write ended a build.
        case durableIfBuildEnds
    }

    /// Opens a state directory, making it if it is missing.
    ///
    /// - Parameters:
    ///   - command: The tool's name and verb, shown to those who wait for it.
    ///   - notice: Prints one line for people when a lock is waited for.
    /// - Throws: `configuration` for a newer schema or a file system without locks, `noPermission`, `inputOutput`, `temporary`.
    public static func open(_ directory: StateDirectory, command: String, notice: @escaping @Sendable (String) -> Void) throws(FarmError)
        -> Store
    {
        try StoreOpening(directory: directory, command: command, notice: notice).open()
    }

    /// Opens a state directory that exists; nil if there is none yet.
    public static func openExisting(
        _ directory: StateDirectory, command: String, notice: @escaping @Sendable (String) -> Void
    ) throws(FarmError) -> Store? {
        let status = try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(directory.database) }
        return status == nil ? nil : try open(directory, command: command, notice: notice)
    }

    init(
        directory: StateDirectory, connection: Connection, writeLock: WriteLock, schemaLock: FileLock, epoch: Int64,
        readClock: @escaping @Sendable () -> Moment
    ) {
        self.directory = directory
        self.connection = Mutex(connection)
        self.writeLock = writeLock
        self.schemaLock = schemaLock
        self.epoch = epoch
        self.readClock = readClock
        blobs = BlobStore(directory: directory)
    }

    /// Both clocks, now.
    func clock() -> Moment { readClock() }

    /// Runs queries.
    func read<T: Sendable>(_ body: (Connection) throws(FarmError) -> T) throws(FarmError) -> T {
        let result = try connection.withLockIfAvailable { database throws(FarmError) in try body(database) }
        if let result { return result }
        return try reader.withLock { reader throws(FarmError) in
            let opened = if let reader { reader } else { try Connection(path: directory.database, creates: false) }
            reader = opened
            return try body(opened)
        }
    }

    /// Runs queries on the connection that writes, waiting for it: only there are the tables that a collection keeps for itself.
    func readWhereWritten<T: Sendable>(_ body: (Connection) throws(FarmError) -> T) throws(FarmError) -> T {
        try connection.withLock { database throws(FarmError) in try body(database) }
    }

    /// Runs one write transaction and, when it is committed, rings the doorbell. Everything in `body` is undone if it throws.
    func write<T: Sendable>(
        _ durability: Durability, rings: Bool, _ body: (Transaction) throws(FarmError) -> T
    ) throws(FarmError) -> T {
        let (result, mustSync) = try connection.withLock { database throws(FarmError) in
            try writeLock.holding { () throws(FarmError) in try commit(durability, on: database, body) }
        }
        if mustSync { try writeLock.syncWriteAheadLog() }
        if rings { Doorbell.ring(directory) }
        return result
    }

    /// Whether ``settle()`` has anything to do.
    public var needsSettling: Bool { writeLock.hasLongLog }

    /// To be called by a tool that ends and has written much: leaves a short write-ahead log to those who come next. Not being able to is no
    /// failure.
    public func settle() {
        guard needsSettling else { return }
        try? connection.withLock { database throws(FarmError) in
            try writeLock.holding { () throws(FarmError) in writeLock.shorten(database) }
        }
    }

    private func commit<T: Sendable>(
        _ durability: Durability, on database: Connection, _ body: (Transaction) throws(FarmError) -> T
    ) throws(FarmError) -> (T, mustSync: Bool) {
        try database.execute("BEGIN IMMEDIATE")
        do throws(FarmError) {
            try SchemaVersion.require(database)
            let transaction = Transaction(database: database, now: clock(), epoch: epoch)
            let result = try body(transaction)
            try transaction.writeMessages()
            try database.execute("COMMIT")
            writeLock.checkpointIfLarge(database)
            return (result, durability == .durable || (durability == .durableIfBuildEnds && transaction.effects.endsBuild))
        } catch {
            try? database.execute("ROLLBACK")
            throw error
        }
    }
}

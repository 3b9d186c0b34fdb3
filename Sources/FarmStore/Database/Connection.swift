internal import CSQLite
import FarmModel

/// One SQLite connection with its prepared statements.
///
/// Unchecked Sendable: while a store is being opened one thread has it; then its only owner is a mutex of a ``Store``, which hands it out for
/// the length of one closure and never to two owners: each of the store's two connections has a mutex of its own. So one thread at a time uses
/// it, as SQLite's NOMUTEX mode demands.
final class Connection: @unchecked Sendable {
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    private static let configuration = bf_sqlite_forget_memory_counts()
    /// The file size that the write-ahead log keeps when nothing in it is needed any more.
    static let emptyLogBytes: Int64 = 1 << 20
    /// Pages kept in memory, at most. A transaction that changes more than fit writes some of them several times.
    private static let cacheKiB = 16 << 10
    private static let busyMilliseconds: Int32 = 10_000
    /// How long a checkpoint waits for readers; every other writer waits with it.
    private static let checkpointMilliseconds: Int32 = 100

    /// How many prepared statements are kept; texts built for one query would otherwise pile up.
    private static let statementLimit = 200

    /// Opens the database file, creating it if `creates`. Checkpoints never happen on their own: see ``Store``.
    init(path: String, creates: Bool) throws(FarmError) {
        _ = Self.configuration
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (creates ? SQLITE_OPEN_CREATE : 0)
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw Self.error(code, reason: reason, doing: "open \(path)")
        }
        handle = opened
        sqlite3_busy_timeout(handle, Self.busyMilliseconds)
        bf_sqlite_disable_checkpoint_on_close(handle)
        // Statements that may fail half-way keep the pages that they change in a temporary file, unless it is to be memory.
        // After a full checkpoint the next commit cuts the log file down to the limit; its size then says how much is left to copy.
        try execute(
            """
            PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = \(Self.emptyLogBytes);
            PRAGMA cache_size = -\(Self.cacheKiB); PRAGMA temp_store = MEMORY
            """)
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Runs statements without parameters or results.
    func execute(_ sql: String) throws(FarmError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, sql) }
    }

    /// Runs one statement and returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ values: any SQLBindable...) throws(FarmError) -> Int { try run(sql, values: values) }

    /// As ``run(_:_:)`` with the parameters as an array.
    @discardableResult
    func run(_ sql: String, values: [any SQLBindable]) throws(FarmError) -> Int {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return Int(sqlite3_changes(handle)) }
            guard code == SQLITE_ROW else { throw failure(code, sql) }
        }
    }

    /// All rows of a query, each turned into a value at once.
    func all<T>(_ sql: String, _ values: any SQLBindable..., map: (Row) throws(FarmError) -> T) throws(FarmError) -> [T] {
        try all(sql, values: values, map: map)
    }

    /// As ``all(_:_:map:)`` with the parameters as an array.
    func all<T>(_ sql: String, values: [any SQLBindable], map: (Row) throws(FarmError) -> T) throws(FarmError) -> [T] {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        var result: [T] = []
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return result }
            guard code == SQLITE_ROW else { throw failure(code, sql) }
            result.append(try map(Row(statement: statement)))
        }
    }

    /// The first row of a query, or nil.
    func first<T>(_ sql: String, _ values: any SQLBindable..., map: (Row) throws(FarmError) -> T) throws(FarmError) -> T? {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_DONE: return nil
        case SQLITE_ROW: return try map(Row(statement: statement))
        case let code: throw failure(code, sql)
        }
    }

    /// The rowid of the newest insert.
    var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Copies as much of the log as possible into the database, or all of it and empties the log. The caller holds the write lock.
    func checkpoint(truncating: Bool) -> Bool {
        sqlite3_busy_timeout(handle, Self.checkpointMilliseconds)
        defer { sqlite3_busy_timeout(handle, Self.busyMilliseconds) }
        return sqlite3_wal_checkpoint_v2(handle, nil, truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            == SQLITE_OK
    }

    /// Copies the whole database, as it is at one moment, into an empty file, without waiting for the disk. Others may write meanwhile.
    func copy(into path: String) throws(FarmError) {
        let copy = try Connection(path: path, creates: false)
        try copy.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        let backup = sqlite3_backup_init(copy.handle, "main", handle, "main")
        // All pages in one step, which is one read transaction: in several steps each write of others would begin the copy anew.
        sqlite3_backup_step(backup, -1)
        let code = backup == nil ? sqlite3_errcode(copy.handle) : sqlite3_backup_finish(backup)
        guard code == SQLITE_OK else {
            throw Self.error(code, reason: String(cString: sqlite3_errmsg(copy.handle)), doing: "copy into \(path)")
        }
    }

    private func prepared(_ sql: String, _ values: [any SQLBindable]) throws(FarmError) -> OpaquePointer {
        let statement = try cached(sql)
        for (offset, value) in values.enumerated() {
            let code = bind(value.sqlValue, to: statement, at: Int32(offset + 1))
            guard code == SQLITE_OK else { throw failure(code, sql) }
        }
        return statement
    }

    private func cached(_ sql: String) throws(FarmError) -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        if statements.count >= Self.statementLimit {
            for statement in statements.values { sqlite3_finalize(statement) }
            statements.removeAll(keepingCapacity: true)
        }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code, sql) }
        statements[sql] = statement
        return statement
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let value): sqlite3_bind_int64(statement, index, value)
        case .real(let value): sqlite3_bind_double(statement, index, value)
        case .text(var value): value.withUTF8 { bindText($0, to: statement, at: index) }
        case .blob(let value): value.withUnsafeBytes { bf_sqlite_bind_blob(statement, index, $0.baseAddress, Int32($0.count)) }
        }
    }

    /// SQLite takes a null pointer for NULL, and an empty Swift string may have one.
    private func bindText(_ text: UnsafeBufferPointer<UInt8>, to statement: OpaquePointer, at index: Int32) -> Int32 {
        guard let start = text.baseAddress else { return bf_sqlite_bind_text(statement, index, "", 0) }
        return start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            bf_sqlite_bind_text(statement, index, $0, Int32(text.count))
        }
    }

    private func failure(_ code: Int32, _ sql: String) -> FarmError {
        let words = sql.split(whereSeparator: \.isWhitespace).prefix(6).joined(separator: " ")
        return Self.error(code, reason: String(cString: sqlite3_errmsg(handle)), doing: "run \"\(words) …\"")
    }

    private static func error(_ code: Int32, reason: String, doing: String) -> FarmError {
        let problem = "database: cannot \(doing): \(reason)"
        // The shared index of the log could not grow, for which SQLite has a code of its own.
        if code == SQLITE_FULL || code == SQLITE_IOERR | (19 << 8) {
            return FarmError(.inputOutput, "database: the disk is full; free some space (bf-gc) and try again")
        }
        return switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: FarmError(.temporary, problem + "; try again")
        case SQLITE_IOERR: FarmError(.inputOutput, problem + "; check the disk")
        case SQLITE_CANTOPEN: FarmError(.cannotCreate, problem)
        case SQLITE_READONLY, SQLITE_PERM: FarmError(.noPermission, problem)
        case SQLITE_CORRUPT, SQLITE_NOTADB: FarmError(.configuration, problem + "; restore it from a copy")
        default: FarmError(.internalError, problem)
        }
    }
}

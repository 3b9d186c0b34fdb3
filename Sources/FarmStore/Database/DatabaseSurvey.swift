internal import CSQLite
public import FarmModel

/// What a database says of itself, read without a store: nothing is made, migrated or locked.
public struct DatabaseSurvey: Sendable, Equatable {
    /// False for a database of another program.
    public var isOurs: Bool
    /// The schema's number.
    public var schema: Int64
    /// When the newest event was, in milliseconds since 1970; nil without any, or where the schema is another one.
    public var newestEventMilliseconds: Int64?

    /// What has become of messages to webhooks; nil where the schema is another one.
    public var outbox: OutboxSurvey?

    /// The backends and what is known of them; none where the schema is another one.
    public var backends: [BackendStatus] = []

    /// The schema that this program knows.
    public static let knownSchema = Schema.version

    /// A survey by its results.
    public init(isOurs: Bool, schema: Int64, newestEventMilliseconds: Int64?) {
        self.isOurs = isOurs
        self.schema = schema
        self.newestEventMilliseconds = newestEventMilliseconds
    }

    /// Reads a state directory's database, which exists.
    /// - Throws: `FarmError` that says why it cannot be read.
    public init(of directory: StateDirectory) throws(FarmError) {
        let connection = try Connection(path: directory.database, creates: false)
        isOurs = try connection.first("PRAGMA application_id") { $0.integer(0) } == Schema.applicationID
        schema = try SchemaVersion.read(connection)
        guard isOurs, schema > 0 else { return }
        newestEventMilliseconds = try connection.first("SELECT time_ms FROM events ORDER BY seq DESC LIMIT 1") { $0.integer(0) }
        guard schema == Schema.version else { return }
        outbox = try OutboxSurvey(connection)
        backends = try BackendReader(connection).statuses()
    }

    /// The version of SQLite that runs, for instance `3.40.1`.
    public static let libraryVersion = String(cString: sqlite3_libversion())
}

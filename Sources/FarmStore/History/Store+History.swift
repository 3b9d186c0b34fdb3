public import FarmModel

extension Store {
    /// Everything that is known of an attempt.
    /// - Throws: `noInput` if there is none with this id.
    public func completeAttempt(_ id: AttemptID) throws(FarmError) -> CompleteAttempt {
        try read { database throws(FarmError) in try CompleteAttemptReader(database: database).read(id) }
    }

    /// The ended attempts of a package, the newest first, whether their builds are still there or not.
    /// - Parameters:
    ///   - package: A name for all architectures and matrix cells of it, or one identity as tools write it (`lib@aarch64[cc=gcc]`).
    ///   - limit: The most attempts; nil for all.
    public func history(of package: String, newest limit: Int?) throws(FarmError) -> [HistoryRecord] {
        let name = String(package.prefix { $0 != "@" && $0 != "[" })
        return try read { database throws(FarmError) in
            let reader = HistoryReader(database: database)
            guard package == name else {
                let all = try reader.records("WHERE h.name = ? ORDER BY h.id DESC", [name])
                return Array(all.lazy.filter { $0.identity.description == package }.prefix(limit ?? .max))
            }
            return try reader.records("WHERE h.name = ? ORDER BY h.id DESC LIMIT ?", [name, limit ?? -1])
        }
    }

    /// The names of all packages that were ever built, as far as the history goes.
    public func builtNames() throws(FarmError) -> [String] {
        let sql = """
            WITH RECURSIVE names(name) AS (
                SELECT min(name) FROM history
                UNION ALL
                SELECT (SELECT min(name) FROM history WHERE name > names.name) FROM names WHERE name IS NOT NULL)
            SELECT name FROM names WHERE name IS NOT NULL
            """
        return try read { database throws(FarmError) in try database.all(sql) { $0.text(0) } }
    }

    /// The newest good attempt of the same package, architecture and matrix cell before an attempt.
    public func lastGood(before attempt: AttemptID, of identity: JobIdentity) throws(FarmError) -> HistoryRecord? {
        try read { database throws(FarmError) in
            let condition = """
                WHERE h.name = ? AND h.architecture = ? AND h.cell = ? AND h.state = 'success' AND h.id < ? ORDER BY h.id DESC LIMIT 1
                """
            let values: [any SQLBindable] = [identity.name, identity.architecture.name, identity.cellText, attempt]
            return try HistoryReader(database: database).records(condition, values).first
        }
    }

    /// Some ended attempts in the order of their start, so that a large history can be read piece by piece.
    /// - Parameters:
    ///   - id: Only those after this one; nil begins with the oldest.
    ///   - name: Only those of this name, or of names that fit this pattern; nil for all.
    ///   - since: Only those that ended at this time or later, in milliseconds since 1970.
    public func historySamples(
        after id: AttemptID?, name: String? = nil, since: Int64? = nil, atMost limit: Int
    ) throws(FarmError) -> [HistorySample] {
        // Ids are in the order of the starts, and no attempt takes as long as this.
        let first = since.map { AttemptID.floor(wallMilliseconds: $0 - Self.longestAttemptMilliseconds) } ?? 0
        let sql = """
            SELECT h.id, h.name, h.state, h.class, h.runner, r.host, h.ended_ms, h.duration_ms
            FROM history h LEFT JOIN runners r ON r.id = h.runner
            WHERE h.id > ?1 AND (?2 IS NULL OR h.name GLOB ?2) AND (?3 IS NULL OR h.ended_ms >= ?3) ORDER BY h.id LIMIT ?4
            """
        return try read { database throws(FarmError) in
            try database.all(sql, max(first, id?.number ?? -1), name.map { JobFilter.glob($0) }, since, limit) { row in
                HistorySample(
                    id: row.identifier(0), name: row.text(1), state: AttemptState(rawValue: row.text(2)) ?? .failed,
                    failure: row.textIfAny(3).flatMap(FailureClass.init(rawValue:)), runner: row.identifier(4), host: row.textIfAny(5),
                    endedMilliseconds: row.integer(6), durationMilliseconds: row.integerIfAny(7))
            }
        }
    }

    private static let longestAttemptMilliseconds: Int64 = 30 * 86_400_000
}

/// Turns rows of the history into records.
struct HistoryReader {
    let database: Connection

    func records(_ condition: String, _ values: [any SQLBindable]) throws(FarmError) -> [HistoryRecord] {
        let sql = """
            SELECT h.id, h.job, h.build, h.name, h.architecture, h.cell, h.state, h.class, h.runner, r.host, h.isolation, h.ended_ms,
                h.duration_ms, h.output, NOT EXISTS (SELECT 1 FROM attempts a WHERE a.id = h.id)
            FROM history h LEFT JOIN runners r ON r.id = h.runner \(condition)
            """
        return try database.all(sql, values: values) { row in
            var record = HistoryRecord(
                id: row.identifier(0), job: row.identifier(1), build: row.identifier(2),
                identity: StoredIdentity.read(name: row.text(3), architecture: row.text(4), cell: row.text(5)),
                state: AttemptState(rawValue: row.text(6)) ?? .failed, runner: row.identifier(8), isolation: row.text(10),
                endedMilliseconds: row.integer(11))
            record.failure = row.textIfAny(7).flatMap(FailureClass.init(rawValue:))
            record.host = row.textIfAny(9)
            record.durationMilliseconds = row.integerIfAny(12)
            record.output = row.digest(13)
            record.isCollected = row.flag(14)
            return record
        }
    }
}

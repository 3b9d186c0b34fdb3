public import FarmModel

/// Which builds are asked for.
public struct BuildFilter: Sendable, Equatable {
    /// Only these states; nil for all.
    public var states: Set<BuildState>?
    /// Only builds with failed jobs.
    public var hasFailures = false
    /// Only builds that have all these labels: `key=value`, or `key` for any value.
    public var labels: [String] = []
    /// Only builds of this submitter.
    public var owner: String?
    /// Only builds that came through this interface.
    public var dialect: String?
    /// Only builds that have not ended before this time, in milliseconds since 1970.
    public var since: Int64?

    /// Everything.
    public init() {}

    /// The condition in SQL with its values.
    var condition: (sql: String, values: [any SQLBindable]) {
        var parts: [String] = ["1"]
        var values: [any SQLBindable] = []
        if let states {
            parts.append("state IN (SELECT value FROM json_each(?))")
            values.append(JSONValue.array(states.map(\.rawValue).sorted().map(JSONValue.string)).text)
        }
        if hasFailures { parts.append("failed > 0") }
        for label in labels {
            parts.append("EXISTS(SELECT 1 FROM json_each(labels) WHERE value = ? OR substr(value, 1, length(?)) = ?)")
            values += [label, label + "=", label + "="]
        }
        if let owner {
            parts.append("owner = ?")
            values.append(owner)
        }
        if let dialect {
            parts.append("dialect = ?")
            values.append(dialect)
        }
        if let since {
            parts.append("(ended_ms IS NULL OR ended_ms >= ?)")
            values.append(since)
        }
        return (parts.joined(separator: " AND "), values)
    }
}

/// Which jobs are asked for.
public struct JobFilter: Sendable, Equatable {
    /// Only jobs of this name, or of names that fit this pattern with `*`, `?` and `[...]`; nil for all.
    public var name: String?
    /// Only these states; nil for all.
    public var states: Set<JobState>?
    /// Only jobs that have not ended before this time, in milliseconds since 1970.
    public var since: Int64?

    /// Everything.
    public init() {}

    static func isPattern(_ name: String) -> Bool { name.contains { "*?[".contains($0) } }

    /// As SQLite wants it.
    static func glob(_ pattern: String) -> String { isPattern(pattern) ? pattern.replacing("[!", with: "[^") : pattern }

    /// The condition in SQL on `j`, with its values.
    var condition: (sql: String, values: [any SQLBindable]) {
        var parts: [String] = ["1"]
        var values: [any SQLBindable] = []
        if let name {
            parts.append(Self.isPattern(name) ? "j.name GLOB ?" : "j.name = ?")
            values.append(Self.glob(name))
        }
        if let states {
            parts.append("j.state IN (SELECT value FROM json_each(?))")
            values.append(JSONValue.array(states.map(\.rawValue).sorted().map(JSONValue.string)).text)
        }
        if let since {
            parts.append("(j.ended_ms IS NULL OR j.ended_ms >= ?)")
            values.append(since)
        }
        return (parts.joined(separator: " AND "), values)
    }
}

extension Store {
    /// The unfinished builds and the newest finished ones that fit, oldest first.
    /// - Parameter limit: the most finished builds; nil for all.
    public func builds(_ filter: BuildFilter, finished limit: Int?) throws(FarmError) -> [BuildRecord] {
        let (condition, values) = filter.condition
        return try read { database throws(FarmError) in
            let reader = RecordReader(database)
            let unfinished = try reader.builds("WHERE ended_ms IS NULL AND \(condition) ORDER BY id", values)
            let newest = "WHERE ended_ms IS NOT NULL AND \(condition) ORDER BY ended_ms DESC LIMIT ?"
            let finished = try reader.builds(newest, values + [limit ?? -1])
            return (unfinished + finished).sorted { $0.id < $1.id }
        }
    }

    /// The newest jobs of all builds that fit, oldest first.
    /// - Parameter limit: the most jobs; nil for all.
    public func jobs(_ filter: JobFilter, newest limit: Int?) throws(FarmError) -> [JobRecord] {
        try read { database throws(FarmError) in
            var jobs: [JobRecord] = []
            // One name after the other, as each is in the order of its ids in the index; a pattern over all names would read every job.
            for name in try database.names(fitting: filter.name ?? "*") {
                var filter = filter
                filter.name = name
                let (condition, values) = filter.condition
                jobs += try RecordReader(database).jobs("WHERE \(condition) ORDER BY j.id DESC LIMIT ?", values + [limit ?? -1])
            }
            return jobs.sorted { $0.id < $1.id }.suffix(limit ?? .max)
        }
    }

    /// Some jobs of a build that fit, in the order of its documents: those from a place on, and the place after them; nil when there are no
    /// more. So a large build can be read piece by piece.
    public func jobs(
        of build: BuildID, _ filter: JobFilter = JobFilter(), from place: Int64 = 0, atMost limit: Int
    ) throws(FarmError) -> (jobs: [JobRecord], next: Int64?) {
        let (condition, values) = filter.condition
        let page = try read { database throws(FarmError) in
            let range = "j.build = ? AND j.position >= ? AND j.position < ?"
            let end = place + Int64(limit)
            let jobs = try RecordReader(database).jobs(
                "WHERE \(range) AND \(condition) ORDER BY j.position", [build, place, end] + values)
            let hasMore = try database.first("SELECT 1 FROM jobs WHERE build = ? AND position >= ? LIMIT 1", build, end) { _ in true }
            return JobPage(jobs: jobs, next: hasMore == nil ? nil : end)
        }
        return (page.jobs, page.next)
    }

    private struct JobPage: Sendable {
        var jobs: [JobRecord]
        var next: Int64?
    }
}

extension Connection {
    /// The names of jobs that fit a name or a pattern, each found by one step in the index from the one before.
    fileprivate func names(fitting pattern: String) throws(FarmError) -> [String] {
        guard JobFilter.isPattern(pattern) else { return [pattern] }
        let start = String(pattern.prefix { !"*?[".contains($0) })
        let sql = """
            WITH RECURSIVE names(name) AS (
                SELECT min(name) FROM jobs WHERE name >= ?1
                UNION ALL
                SELECT (SELECT min(name) FROM jobs WHERE name > names.name) FROM names WHERE name < ?2)
            SELECT name FROM names WHERE name GLOB ?3
            """
        return try all(sql, start, start + "\u{10FFFF}", JobFilter.glob(pattern)) { $0.text(0) }
    }
}

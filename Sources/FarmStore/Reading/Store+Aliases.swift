public import FarmModel

extension Store {
    /// The build or job that a dialect's name means; nil if none has it.
    public func alias(_ dialect: String, _ text: String) throws(FarmError) -> Target? {
        try read { database throws(FarmError) in try AliasTable(database).target(dialect, text) }
    }

    /// The names of a build, in all dialects or one.
    public func aliases(of build: BuildID, in dialect: String? = nil) throws(FarmError) -> [AliasRecord<BuildKind>] {
        try read { database throws(FarmError) in try AliasTable(database).aliases(of: [build], kind: .build, dialect) }
    }

    /// The names of a job, in all dialects or one.
    public func aliases(of job: JobID, in dialect: String? = nil) throws(FarmError) -> [AliasRecord<JobKind>] {
        try read { database throws(FarmError) in try AliasTable(database).aliases(of: [job], kind: .job, dialect) }
    }

    /// The names that a dialect has for some builds, by build; one of each.
    public func aliases(of builds: [BuildID], in dialect: String) throws(FarmError) -> [BuildID: String] {
        let found = try read { database throws(FarmError) in try AliasTable(database).aliases(of: builds, kind: .build, dialect) }
        return Dictionary(found.map { ($0.target, $0.text) }) { first, _ in first }
    }

    /// The names that a dialect has for some jobs, by job; one of each.
    public func aliases(of jobs: [JobID], in dialect: String) throws(FarmError) -> [JobID: String] {
        let found = try read { database throws(FarmError) in try AliasTable(database).aliases(of: jobs, kind: .job, dialect) }
        return Dictionary(found.map { ($0.target, $0.text) }) { first, _ in first }
    }

    /// A name that nothing has in a dialect yet. Somebody may take it before it is used: then the submission is refused.
    /// - Parameter make: Makes a random name.
    public func unusedAlias(of dialect: String, _ make: () -> String) throws(FarmError) -> String {
        while true {
            let text = make()
            if try alias(dialect, text) == nil { return text }
        }
    }

    /// What the dialect of a build must repeat of its request; nil if nothing was stored.
    /// - Throws: `noInput` if there is no such build.
    public func dialectData(of build: BuildID) throws(FarmError) -> JSONObject? {
        try read { database throws(FarmError) in
            let found = try database.first("SELECT dialect_data FROM builds WHERE id = ?", build) { [$0.object(0)] }
            guard let found else { throw FarmError(.noInput, "no build \(build); see bf-status") }
            return found[0]
        }
    }
}

/// The table of the names that dialects have.
struct AliasTable {
    private let database: Connection

    /// What a name may be of.
    enum Kind: String {
        case build, job
    }

    init(_ database: Connection) { self.database = database }

    func target(_ dialect: String, _ text: String) throws(FarmError) -> Target? {
        try database.first("SELECT kind, id FROM aliases WHERE dialect = ? AND alias = ?", dialect, text) { row in
            row.text(0) == Kind.build.rawValue ? .build(row.identifier(1)) : .job(row.identifier(1))
        }
    }

    func aliases<T>(of ids: [Identifier<T>], kind: Kind, _ dialect: String?) throws(FarmError) -> [AliasRecord<T>] {
        let numbers = JSONValue.array(ids.map { .int($0.number) }).text
        let sql = """
            SELECT a.dialect, a.alias, a.id FROM json_each(?1) w JOIN aliases a ON a.kind = ?2 AND a.id = w.value
            WHERE ?3 IS NULL OR a.dialect = ?3
            """
        return try database.all(sql, numbers, kind.rawValue, dialect) {
            AliasRecord(dialect: $0.text(0), text: $0.text(1), target: $0.identifier(2))
        }
    }

    func insert<T>(_ texts: [String], of id: Identifier<T>, kind: Kind, dialect: String) throws(FarmError) {
        for text in texts {
            try database.run("INSERT INTO aliases(dialect, alias, kind, id) VALUES(?, ?, ?, ?)", dialect, text, kind.rawValue, id)
        }
    }

    func remove<T>(of id: Identifier<T>, kind: Kind) throws(FarmError) {
        try database.run("DELETE FROM aliases WHERE kind = ? AND id = ?", kind.rawValue, id)
    }
}

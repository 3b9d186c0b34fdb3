public import FarmModel

extension Store {
    /// One build.
    /// - Throws: `noInput` if there is none with this id.
    public func build(_ id: BuildID) throws(FarmError) -> BuildRecord {
        try read { database throws(FarmError) in try RecordReader(database).build(id) }
    }

    /// One job.
    /// - Throws: `noInput` if there is none with this id.
    public func job(_ id: JobID) throws(FarmError) -> JobRecord {
        try read { database throws(FarmError) in try RecordReader(database).job(id) }
    }

    /// One attempt.
    /// - Throws: `noInput` if there is none with this id.
    public func attempt(_ id: AttemptID) throws(FarmError) -> AttemptRecord {
        try read { database throws(FarmError) in try RecordReader(database).attempt(id) }
    }

    /// The unfinished builds and the newest finished ones, oldest first.
    public func recentBuilds(finished limit: Int) throws(FarmError) -> [BuildRecord] {
        try read { database throws(FarmError) in
            let reader = RecordReader(database)
            let unfinished = try reader.builds("WHERE ended_ms IS NULL ORDER BY id", [])
            let finished = try reader.builds("WHERE ended_ms IS NOT NULL ORDER BY ended_ms DESC LIMIT ?", [limit])
            return (unfinished + finished).sorted { $0.id < $1.id }
        }
    }

    /// The jobs of a build in the order of its documents.
    public func jobs(of build: BuildID) throws(FarmError) -> [JobRecord] {
        try read { database throws(FarmError) in try RecordReader(database).jobs("WHERE j.build = ? ORDER BY j.position", [build]) }
    }

    /// The attempts of a job, first to last.
    public func attempts(of job: JobID) throws(FarmError) -> [AttemptRecord] {
        try read { database throws(FarmError) in try RecordReader(database).attempts("WHERE job = ? ORDER BY number", [job]) }
    }

    /// The address of the backend that each job of a build ran on last, of those that ran on one.
    public func backends(of build: BuildID) throws(FarmError) -> [JobID: String] {
        let sql = """
            SELECT j.id, a.backend FROM jobs j JOIN attempts a ON a.job = j.id AND a.number = j.attempts
            WHERE j.build = ? AND a.backend IS NOT NULL
            """
        let pairs: [(JobID, String)] = try read { database throws(FarmError) in
            try database.all(sql, values: [build]) { ($0.identifier(0), $0.text(1)) }
        }
        return Dictionary(pairs) { $1 }
    }

    /// The named results of a job.
    public func artifacts(of job: JobID) throws(FarmError) -> [ArtifactRecord] {
        try read { database throws(FarmError) in try RecordReader(database).artifacts(of: job) }
    }

    /// The runners that have not ended, as far as the database knows.
    public func runners() throws(FarmError) -> [RunnerRecord] {
        try read { database throws(FarmError) in try RecordReader(database).runners() }
    }

    /// Who paused everything and why, if it is paused.
    public func farmPause() throws(FarmError) -> JSONObject? {
        try read { database throws(FarmError) in try database.first("SELECT value FROM meta WHERE name = 'paused'") { $0.object(0) } ?? nil
        }
    }

    /// The edges of a build as pairs of jobs: the first needs the second.
    public func edges(of build: BuildID) throws(FarmError) -> [(job: JobID, need: JobID)] {
        try read { database throws(FarmError) in
            let pairs = try database.all(
                "SELECT e.job, e.need FROM edges e JOIN jobs j ON j.id = e.job WHERE j.build = ? ORDER BY e.job, e.need", build
            ) { Edge(job: $0.identifier(0), need: $0.identifier(1)) }
            return pairs.map { ($0.job, $0.need) }
        }
    }

    private struct Edge: Sendable {
        var job: JobID
        var need: JobID
    }
}

extension Transaction {
    func build(_ id: BuildID) throws(FarmError) -> BuildRecord { try RecordReader(database).build(id) }
    func job(_ id: JobID) throws(FarmError) -> JobRecord { try RecordReader(database).job(id) }
    func attempt(_ id: AttemptID) throws(FarmError) -> AttemptRecord { try RecordReader(database).attempt(id) }
}

extension Store {
    /// The names of some running jobs of a build, the longest running first.
    public func runningNames(of build: BuildID, limit: Int) throws(FarmError) -> [String] {
        try read { database throws(FarmError) in
            let condition = "WHERE j.build = ? AND j.state = 'running' ORDER BY j.started_ms LIMIT ?"
            return try RecordReader(database).jobs(condition, [build, limit]).map(\.identity.description)
        }
    }
}

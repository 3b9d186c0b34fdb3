public import FarmModel

/// Why a job is, was, or will be built: its inputs against those of its package's last good build.
public struct InputExplanation: Sendable, Equatable {
    /// The job.
    public var job: JobRecord
    /// The last good job before it of the same name, architecture and cell that was really run.
    public var lastGood: JobID?
    /// What differs, as far as it is known yet.
    public var changes: [InputChange]

    /// Explains a job.
    public init(job: JobRecord, lastGood: JobID?, changes: [InputChange]) {
        self.job = job
        self.lastGood = lastGood
        self.changes = changes
    }
}

extension Store {
    /// Compares the inputs of a job with those of the last good build before it.
    public func explainInputs(of id: JobID) throws(FarmError) -> InputExplanation {
        let now = clock()
        return try read { database throws(FarmError) in
            let reader = InputReader(transaction: Transaction(database: database, now: now, epoch: epoch))
            let job = try RecordReader(database).job(id)
            guard let last = try reader.lastGood(before: job), let old = try reader.recorded(of: last) else {
                return InputExplanation(job: job, lastGood: nil, changes: [])
            }
            let own = try reader.recorded(of: id)
            let new = if let own { own } else { try reader.expected(of: job) }
            return InputExplanation(job: job, lastGood: last, changes: job.isUnchanged ? [] : new.changes(since: old))
        }
    }
}

private struct InputReader {
    let transaction: Transaction
    private var database: Connection { transaction.database }

    init(transaction: Transaction) { self.transaction = transaction }

    func lastGood(before job: JobRecord) throws(FarmError) -> JobID? {
        let sql = """
            SELECT j.id FROM jobs j JOIN attempts a ON a.job = j.id AND a.state = 'success' AND a.inputs IS NOT NULL
            WHERE j.name = ? AND j.architecture = ? AND j.cell = ? AND j.state = 'success' AND j.unchanged = 0 AND j.id < ?
            ORDER BY j.id DESC LIMIT 1
            """
        return try database.first(sql, job.identity.name, job.identity.architecture.name, job.identity.cellText, job.id) {
            $0.identifier(0)
        }
    }

    /// What went into the newest attempt of a job; nil if it had none that got so far.
    func recorded(of job: JobID) throws(FarmError) -> KnownInputs? {
        let parts = try database.first("SELECT inputs FROM attempts WHERE job = ? AND inputs IS NOT NULL ORDER BY number DESC LIMIT 1", job)
        {
            $0.object(0)
        }
        guard let parts = parts ?? nil else { return nil }
        return KnownInputs(parts: parts, document: try document(of: job))
    }

    /// What will go into a job that has not been run, as far as the store knows it.
    func expected(of job: JobRecord) throws(FarmError) -> KnownInputs {
        let sources = try database.first("SELECT sources FROM jobs WHERE id = ?", job.id) { $0.textIfAny(0) } ?? nil
        var parts = JSONObject()
        parts.add("plan", job.planDigest?.description)
        parts.add("sources", sources.flatMap { try? JSONParser.parse($0) })
        parts.add("needs", .array(try trees(neededBy: job.id).map(\.json)))
        return KnownInputs(parts: parts, document: try document(of: job.id))
    }

    private func trees(neededBy job: JobID) throws(FarmError) -> [NamedDigest] {
        try NeededTreeReader(database: database).trees(neededBy: job).map { NamedDigest(name: $0.name, digest: $0.tree) }
    }

    private func document(of job: JobID) throws(FarmError) -> JSONObject {
        (try database.first("SELECT text FROM documents WHERE job = ?", job) { $0.object(0) } ?? nil) ?? JSONObject()
    }
}

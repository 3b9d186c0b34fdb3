public import FarmModel

extension Store {
    /// Takes the best ready job that the filter admits and starts an attempt of it; nil if there is none.
    ///
    /// The write lock is taken only when a first look, without it, finds something.
    public func claim(_ request: ClaimRequest) throws(FarmError) -> Claim? {
        let now = clock()
        let found = try read { database throws(FarmError) in
            try ReadyQueue(database: database, now: now).hasWork(for: request.filter, runner: request.runner)
        }
        guard found else { return nil }
        return try write(.lazy, rings: false) { transaction throws(FarmError) in try transaction.claim(request) }
    }
}

/// Looks for the job to claim next.
struct ReadyQueue {
    let database: Connection
    let now: Moment

    /// True if there may be a job to claim: one that is ready, or one whose time has come.
    func hasWork(for filter: ClaimFilter, runner: RunnerID) throws(FarmError) -> Bool {
        if try best(for: filter, runner: runner) != nil { return true }
        return try database.first(
            "SELECT 1 FROM jobs WHERE queue = 2 AND \(Self.isDue) LIMIT 1", now.wallMilliseconds, now.bootIdentifier, now.bootMilliseconds
        ) { _ in true } ?? false
    }

    /// A delayed job whose time has come; wall clock for `not_before`, boot clock of the same boot for back-off.
    static let isDue = "((due_boot = '' AND due_ms <= ?1) OR (due_boot = ?2 AND due_ms <= ?3) OR (due_boot <> '' AND due_boot <> ?2))"

    /// The ready job with the highest priority, then score, then age.
    func best(for filter: ClaimFilter, runner: RunnerID) throws(FarmError) -> JobID? {
        guard try !isPaused(runner) else { return nil }
        var best: Candidate?
        for requirement in try admittedRequirements(filter) {
            for candidate in try candidates(of: requirement, in: filter.selection) where best.map({ candidate.precedes($0) }) ?? true {
                best = candidate
            }
        }
        return best?.job
    }

    private func isPaused(_ runner: RunnerID) throws(FarmError) -> Bool {
        let sql = "SELECT 1 FROM meta WHERE name = 'paused' UNION ALL SELECT 1 FROM runners WHERE id = ? AND paused IS NOT NULL"
        return try database.first(sql, runner) { _ in true } ?? false
    }

    private func admittedRequirements(_ filter: ClaimFilter) throws(FarmError) -> [Int64] {
        let rows = try database.all("SELECT id, architecture, labels FROM requirements") { row in
            (row.integer(0), Architecture(row.text(1)) ?? .noarch, row.text(2).split(separator: ",").map(String.init))
        }
        return rows.filter { filter.admits(Requirement(architecture: $0.1, labels: $0.2)) }.map(\.0)
    }

    private struct Candidate {
        var job: JobID
        var priority: Int64
        var score: Double

        func precedes(_ other: Candidate) -> Bool {
            (other.priority, other.score, job.number) < (priority, score, other.job.number)
        }

        init(_ row: Row) {
            job = row.identifier(0)
            priority = row.integer(1)
            score = row.real(2)
        }
    }

    private static let columns = "SELECT id, priority, score FROM jobs"
    private static let order = "ORDER BY priority DESC, score DESC, id LIMIT 1"

    private func candidates(of requirement: Int64, in selection: Selection?) throws(FarmError) -> [Candidate] {
        guard let selection else {
            return try database.all("\(Self.columns) WHERE queue = 1 AND requirement = ? \(Self.order)", requirement) { Candidate($0) }
        }
        var found: [Candidate] = []
        for build in selection.builds {
            let sql = "\(Self.columns) WHERE queue = 1 AND build = ? AND requirement = ? \(Self.order)"
            found += try database.all(sql, build, requirement) { Candidate($0) }
        }
        if !selection.jobs.isEmpty {
            let jobs = JSONValue.array(selection.jobs.map { .int($0.number) }).text
            let sql = "\(Self.columns) WHERE queue = 1 AND requirement = ? AND id IN (SELECT value FROM json_each(?)) \(Self.order)"
            found += try database.all(sql, requirement, jobs) { Candidate($0) }
        }
        return found
    }
}

extension Transaction {
    /// Makes delayed jobs ready whose time has come.
    func releaseDue() throws(FarmError) {
        try database.run(
            """
            UPDATE jobs SET queue = 1, due_ms = NULL, due_boot = NULL, ready_ms = ?1, score = rank - ?1 / 60000.0
            WHERE queue = 2 AND \(ReadyQueue.isDue)
            """, now.wallMilliseconds, now.bootIdentifier, now.bootMilliseconds)
    }

    /// Takes the best ready job and starts an attempt of it; nil if there is none.
    func claim(_ request: ClaimRequest) throws(FarmError) -> Claim? {
        try releaseDue()
        guard let job = try ReadyQueue(database: database, now: now).best(for: request.filter, runner: request.runner) else { return nil }
        return try start(job, runner: request.runner, isolation: request.isolation, token: request.token)
    }

    private func start(_ job: JobID, runner: RunnerID, isolation: String, token: [UInt8]) throws(FarmError) -> Claim? {
        let attempt: AttemptID = try allot(in: "attempts")
        let claim = try database.first(
            """
            UPDATE jobs SET state = 'running', queue = NULL, attempts = attempts + 1, started_ms = coalesce(started_ms, ?), isolation = ?
            WHERE id = ? RETURNING build, attempts, name, architecture, cell, recipe, (SELECT text FROM documents WHERE job = jobs.id), plan_digest
            """, now.wallMilliseconds, isolation, job
        ) { row throws(FarmError) in
            guard let digest = row.digest(7) else {
                throw FarmError(.configuration, "job \(job) has no plan digest; the database is damaged")
            }
            return Claim(
                attempt: attempt, number: Int(row.integer(1)), token: token, job: job, build: row.identifier(0),
                identity: StoredIdentity.read(name: row.text(2), architecture: row.text(3), cell: row.text(4)),
                recipe: row.text(5), document: row.text(6), planDigest: digest)
        }
        guard let claim else { return nil }
        try database.run(
            """
            INSERT INTO attempts(id, job, build, number, state, runner, token, boot_id, isolation, claimed_ms, claimed_boot_ms)
            VALUES(?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?)
            """, attempt, job, claim.build, claim.number, runner, token, now.bootIdentifier, isolation, now.wallMilliseconds,
            now.bootMilliseconds)
        try move(claim.build, from: .pending, to: .running)
        try record(.jobStarted, build: claim.build, job: job, attempt: attempt, data: ["number": .int(Int64(claim.number))])
        return claim
    }
}

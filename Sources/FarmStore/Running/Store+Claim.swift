public import FarmModel

extension Store {
    /// Takes the best ready jobs that the runner can take and that must be run, and starts an attempt of each; unchanged jobs before them end on
    /// the way.
    ///
    /// The write lock is taken only when a first look, without it, finds something.
    public func claim(_ request: ClaimRequest) throws(FarmError) -> ClaimResult {
        let now = clock()
        let found = try read { database throws(FarmError) in
            try ReadyQueue(database: database, now: now).hasWork(for: ClaimingRunner(request))
        }
        guard found else { return ClaimResult() }
        let result = try write(.durableIfBuildEnds, rings: false) { transaction throws(FarmError) in
            try transaction.claim(request)
        }
        if !result.settled.isEmpty { Doorbell.ring(directory) }
        return result
    }
}

/// A runner with an idle slot, as the dispatcher's rule sees it.
struct ClaimingRunner {
    let id: RunnerID
    let state: DispatchRunner

    init(_ request: ClaimRequest) { self.init(request.runner, request.abilities, isPressed: request.isPressed) }

    init(_ id: RunnerID, _ abilities: RunnerAbilities, isPressed: Bool) {
        self.id = id
        var state = DispatchRunner(abilities: abilities)
        state.isPressed = isPressed
        self.state = state
    }
}

/// Looks for the job to claim next.
struct ReadyQueue {
    let database: Connection
    let now: Moment

    /// True if there may be a job to claim: one that is ready, or one whose time has come.
    func hasWork(for runner: ClaimingRunner) throws(FarmError) -> Bool {
        let requirements = try openRequirements(for: runner)
        guard !requirements.isEmpty else { return false }
        if try best(among: requirements, in: runner.state.abilities.selection) != nil { return true }
        return try database.first(
            "SELECT 1 FROM jobs WHERE queue = 2 AND \(Self.isDue) LIMIT 1", now.wallMilliseconds, now.bootIdentifier, now.bootMilliseconds
        ) { _ in true } ?? false
    }

    /// A delayed job whose time has come; wall clock for `not_before`, boot clock of the same boot for back-off.
    static let isDue = "((due_boot = '' AND due_ms <= ?1) OR (due_boot = ?2 AND due_ms <= ?3) OR (due_boot <> '' AND due_boot <> ?2))"

    /// The requirements that a runner can meet now.
    func openRequirements(for runner: ClaimingRunner) throws(FarmError) -> [Int64] {
        var state = runner.state
        state.isPaused = try database.first("SELECT 1 FROM runners WHERE id = ? AND paused IS NOT NULL", runner.id) { _ in true } ?? false
        let isFarmPaused = try database.first("SELECT 1 FROM meta WHERE name = 'paused'") { _ in true } ?? false
        return try requirements().filter { requirement in
            Dispatch.codes(DispatchJob(gate: .open, requirement: requirement.asked), on: [state], isFarmPaused: isFarmPaused).isEmpty
        }.map(\.row)
    }

    /// The ready job with the highest priority, then score, then age.
    func best(among requirements: [Int64], in selection: Selection?) throws(FarmError) -> JobID? {
        var best: Candidate?
        for requirement in requirements {
            for candidate in try candidates(of: requirement, in: selection) where best.map({ candidate.precedes($0) }) ?? true {
                best = candidate
            }
        }
        return best?.job
    }

    private func requirements() throws(FarmError) -> [(row: Int64, asked: Requirement)] {
        try database.all("SELECT id, architecture, labels FROM requirements") { row in
            let labels = row.text(2).split(separator: ",").map(String.init)
            return (row.integer(0), Requirement(architecture: Architecture(row.text(1)) ?? .noarch, labels: labels))
        }
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

    /// How many jobs are settled before others have their turn with the write lock.
    private static let settledAtOnce = 2000

    /// Takes the best ready jobs that must be run and starts an attempt of each.
    func claim(_ request: ClaimRequest) throws(FarmError) -> ClaimResult {
        var settled: [JobID] = []
        var result = try claim(request, &settled)
        result.settled = try RecordReader(database).jobs(settled)
        return result
    }

    private func claim(_ request: ClaimRequest, _ settled: inout [JobID]) throws(FarmError) -> ClaimResult {
        try releaseDue()
        let queue = ReadyQueue(database: database, now: now)
        let requirements = try queue.openRequirements(for: ClaimingRunner(request))
        var result = ClaimResult()
        while result.claims.count < request.count, let job = try queue.best(among: requirements, in: request.abilities.selection) {
            guard settled.count < Self.settledAtOnce else {
                result.hasMore = true
                return result
            }
            guard let candidate = try candidate(job) else { return result }
            let inputs = try request.inputs.flatMap { runner throws(FarmError) in try self.inputs(of: candidate, runner) }
            let digest = inputs?.digest
            if let digest, try settle(candidate, digest, request, &settled) { continue }
            guard let claim = try start(candidate, inputs, digest, request) else { return result }
            result.claims.append(claim)
        }
        return result
    }

    /// Ends a job that need not run, or lets it wait for its twin; false if it is to run.
    private func settle(
        _ candidate: ClaimCandidate, _ digest: Digest, _ request: ClaimRequest, _ settled: inout [JobID]
    ) throws(FarmError) -> Bool {
        switch try decide(digest, candidate.terms(isolation: request.isolation)) {
        case .run: return false
        case .shared(let twin): try wait(candidate.job, of: candidate.build, for: twin)
        case .unchanged(let precedent):
            try endUnchanged(candidate, from: .pending, as: precedent, inputs: digest)
            settled.append(candidate.job)
        case .failedBefore(let failure):
            try endAsRemembered(candidate.job, of: candidate.build, from: .pending, failure)
            settled.append(candidate.job)
        }
        return true
    }

    private func start(
        _ candidate: ClaimCandidate, _ inputs: InputParts?, _ digest: Digest?, _ request: ClaimRequest
    ) throws(FarmError) -> Claim? {
        let job = candidate.job
        let attempt: AttemptID = try allot(in: "attempts")
        guard let planDigest = candidate.planDigest else {
            throw FarmError(.configuration, "job \(job) has no plan digest; the database is damaged")
        }
        try database.run(
            """
            UPDATE jobs SET state = 'running', queue = NULL, attempts = attempts + 1, started_ms = coalesce(started_ms, ?), isolation = ?,
                input_digest = ?, shared_with = NULL
            WHERE id = ?
            """, now.wallMilliseconds, request.isolation, digest, job)
        let claim = try database.first(
            "SELECT j.attempts, d.text FROM jobs j JOIN documents d ON d.job = j.id WHERE j.id = ?", job
        ) { row in
            Claim(
                attempt: attempt, number: Int(row.integer(0)), token: request.token, job: job, build: candidate.build,
                identity: candidate.identity, recipe: candidate.recipe, document: row.text(1), planDigest: planDigest, inputs: inputs,
                inputDigest: digest)
        }
        guard let claim else { return nil }
        let reason = try reason(candidate, inputs: digest, number: claim.number)
        try database.run(
            """
            INSERT INTO attempts(id, job, build, number, state, runner, token, boot_id, isolation, claimed_ms, claimed_boot_ms, input_digest,
                inputs, reason)
            VALUES(?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, attempt, job, claim.build, claim.number, request.runner, request.token, now.bootIdentifier, request.isolation,
            now.wallMilliseconds, now.bootMilliseconds, digest, inputs?.json(), reason)
        try move(claim.build, from: .pending, to: .running)
        try record(.jobStarted, build: claim.build, job: job, attempt: attempt, data: ["number": .int(Int64(claim.number))])
        return claim
    }
}

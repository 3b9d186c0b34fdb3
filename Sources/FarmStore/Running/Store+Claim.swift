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
        var places = try queue.places(for: ClaimingRunner(request))
        var requirements = try queue.requirements(openAt: places)
        var result = ClaimResult()
        while result.claims.count < request.count, let ready = try queue.best(among: requirements, in: request.abilities.selection) {
            guard settled.count < Self.settledAtOnce else {
                result.hasMore = true
                return result
            }
            guard let candidate = try candidate(ready.job), let place = try choose(ready, candidate, among: places) else { return result }
            let isolation = places.isolation(at: place) ?? request.isolation
            let inputs = try request.inputs.flatMap { runner throws(FarmError) in try self.inputs(of: candidate, runner) }
            let digest = inputs?.digest
            if let digest, try settle(candidate, digest, isolation, &settled) { continue }
            let start = AttemptStart(
                candidate: candidate, inputs: inputs, digest: digest, isolation: isolation, backend: places.venues[place].address)
            guard let claim = try self.start(start, request) else { return result }
            result.claims.append(claim)
            guard places.isPooled else { continue }
            try acquire(place, for: claim.attempt, in: &places)
            requirements = try queue.requirements(openAt: places)
        }
        return result
    }

    /// Ends a job that need not run, or lets it wait for its twin; false if it is to run.
    private func settle(
        _ candidate: ClaimCandidate, _ digest: Digest, _ isolation: String, _ settled: inout [JobID]
    ) throws(FarmError) -> Bool {
        switch try decide(digest, candidate.terms(isolation: isolation)) {
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

    private func start(_ start: AttemptStart, _ request: ClaimRequest) throws(FarmError) -> Claim? {
        let (candidate, inputs, digest) = (start.candidate, start.inputs, start.digest)
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
            """, now.wallMilliseconds, start.isolation, digest, job)
        let claim = try database.first(
            "SELECT j.attempts, d.text FROM jobs j JOIN documents d ON d.job = j.id WHERE j.id = ?", job
        ) { row in
            Claim(
                attempt: attempt, number: Int(row.integer(0)), token: request.token, job: job, build: candidate.build,
                identity: candidate.identity, recipe: candidate.recipe, document: row.text(1), planDigest: planDigest, inputs: inputs,
                inputDigest: digest, backend: start.backend, isolation: start.isolation)
        }
        guard let claim else { return nil }
        let reason = try reason(candidate, inputs: digest, number: claim.number)
        try database.run(
            """
            INSERT INTO attempts(id, job, build, number, state, runner, token, boot_id, isolation, claimed_ms, claimed_boot_ms, input_digest,
                inputs, reason, backend)
            VALUES(?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, attempt, job, claim.build, claim.number, request.runner, request.token, now.bootIdentifier, start.isolation,
            now.wallMilliseconds, now.bootMilliseconds, digest, inputs?.json(), reason, start.backend)
        try move(claim.build, from: .pending, to: .running)
        try record(.jobStarted, build: claim.build, job: job, attempt: attempt, data: data(claim))
        return claim
    }

    private func data(_ claim: Claim) -> JSONObject {
        var data: JSONObject = ["number": .int(Int64(claim.number))]
        data.add("backend", claim.backend)
        return data
    }
}

/// What is to be started, and where.
private struct AttemptStart {
    var candidate: ClaimCandidate
    var inputs: InputParts?
    var digest: Digest?
    var isolation: String
    var backend: String?
}

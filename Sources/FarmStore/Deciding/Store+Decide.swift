public import FarmModel

extension Store {
    /// The closures of the jobs that a job needs directly, and the artifacts of earlier builds that it needs, as its input digest has them.
    public func closures(neededBy job: JobID) throws(FarmError) -> [NamedDigest] {
        let now = clock()
        return try read { database throws(FarmError) in
            try Transaction(database: database, now: now, epoch: epoch).closures(neededBy: job)
        }
    }

    /// Notes the inputs of a running attempt, from then on visible to identical jobs, and looks whether it needs to run at all.
    ///
    /// - Returns: false if another job has the result, is about to make it, or failed: then the attempt reports ``AttemptReport/Result/repeated``.
    public func mustRun(_ claim: Claim, inputs: InputParts, isolation: String) throws(FarmError) -> Bool {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            guard let candidate = try transaction.candidate(claim.job) else { return true }
            let digest = inputs.digest
            let reason = try transaction.reason(candidate, inputs: digest, number: claim.number)
            try transaction.note(inputs.json(), digest, reason, of: claim)
            if case .run = try transaction.decide(digest, candidate.terms(isolation: isolation)) {
                _ = try transaction.database.run("UPDATE jobs SET input_digest = ? WHERE id = ?", digest, claim.job)
                return true
            }
            return false
        }
    }

    /// The tree that a running attempt, whose inputs are noted, takes from an earlier job; nil if it waits for another or failed before.
    public func tree(repeatedBy claim: Claim, isolation: String) throws(FarmError) -> Digest? {
        let now = clock()
        return try read { database throws(FarmError) in
            let transaction = Transaction(database: database, now: now, epoch: epoch)
            let noted = try database.first("SELECT input_digest FROM attempts WHERE id = ?", claim.attempt) { $0.digest(0) }
            guard let inputs = noted ?? nil, let candidate = try transaction.candidate(claim.job),
                case .unchanged(let precedent) = try transaction.decide(inputs, candidate.terms(isolation: isolation))
            else { return nil }
            return try database.first("SELECT digest FROM trees WHERE id = ?", precedent.tree) { $0.digest(0) } ?? nil
        }
    }
}

/// What the store knows of a job that is about to run.
struct ClaimCandidate {
    var job: JobID
    var build: BuildID
    var identity: JobIdentity
    var recipe: String
    var planDigest: Digest?
    var sources: [String]?
    var isPrivate: Bool
    var isVolatile: Bool
    var insists: Bool
    var isForced: Bool
    var remembers: Bool
    var owner: String?

    func terms(isolation: String) -> DecisionTerms {
        DecisionTerms(
            job: job, isolation: isolation, isPrivate: isPrivate, owner: owner, isForced: isForced || isVolatile,
            remembers: remembers && !insists)
    }
}

extension Transaction {
    func candidate(_ job: JobID) throws(FarmError) -> ClaimCandidate? {
        let sql = """
            SELECT j.build, j.name, j.architecture, j.cell, j.recipe, j.plan_digest, j.sources, j.private, j.volatile, j.insist,
                b.force, b.remember_ms IS NOT NULL, b.owner
            FROM jobs j JOIN builds b ON b.id = j.build WHERE j.id = ?
            """
        return try database.first(sql, job) { row in
            ClaimCandidate(
                job: job, build: row.identifier(0),
                identity: StoredIdentity.read(name: row.text(1), architecture: row.text(2), cell: row.text(3)), recipe: row.text(4),
                planDigest: row.digest(5), sources: row.textIfAny(6).flatMap(Self.strings), isPrivate: row.flag(7), isVolatile: row.flag(8),
                insists: row.flag(9), isForced: row.flag(10), remembers: row.flag(11), owner: row.textIfAny(12))
        }
    }

    private static func strings(_ text: String) -> [String]? {
        text == "[]" ? [] : (try? JSONParser.parse(text))?.array?.compactMap(\.string)
    }

    /// Everything that goes into a job, if that is known without a runner looking at its sources.
    func inputs(of candidate: ClaimCandidate, _ runner: RunnerInputs) throws(FarmError) -> InputParts? {
        guard let sources = candidate.sources, let plan = candidate.planDigest, let revision = runner.revisions[candidate.recipe] else {
            return nil
        }
        return InputParts(
            identity: candidate.identity, plan: plan, recipe: candidate.recipe, revision: revision, environment: runner.environment,
            closures: try closures(neededBy: candidate.job), sources: sources)
    }

    /// Why a job is run, against its package's last good build.
    func reason(_ candidate: ClaimCandidate, inputs: Digest?, number: Int) throws(FarmError) -> JSONObject {
        let last = try database.first(
            "SELECT p.job, j.input_digest FROM packages p LEFT JOIN jobs j ON j.id = p.job WHERE p.name = ? AND p.architecture = ? AND p.cell = ?",
            candidate.identity.name, candidate.identity.architecture.name, candidate.identity.cellText
        ) { row in (job: row.identifier(0) as JobID, inputs: row.digest(1)) }
        var reason = BuildReason.changed
        if last == nil { reason = .first } else if inputs != nil, inputs == last?.inputs { reason = .unusable }
        if candidate.isVolatile { reason = .volatile }
        if candidate.isForced { reason = .forced }
        if number > 1 { reason = .retry }
        var object: JSONObject = ["code": .string(reason.rawValue)]
        object.add("against", last?.job.description)
        return object
    }

    fileprivate func note(_ inputs: JSONObject, _ digest: Digest, _ reason: JSONObject, of claim: Claim) throws(FarmError) {
        try database.run(
            "UPDATE attempts SET inputs = ?, input_digest = ?, reason = ? WHERE id = ?", inputs, digest, reason, claim.attempt)
    }
}

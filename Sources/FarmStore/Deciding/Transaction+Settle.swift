import FarmModel

extension Transaction {
    /// Ends a job with the result of an earlier one that had the same inputs.
    func endUnchanged(_ candidate: ClaimCandidate, from state: JobState, as precedent: Precedent, inputs: Digest) throws(FarmError) {
        let job = candidate.job
        try insertTreeReference(job: job, role: .output, name: "", tree: precedent.tree)
        try copyArtifacts(of: precedent.job, to: job)
        let taken = TakenResult(precedent: precedent, inputs: inputs)
        try end(EndedJob(job: job, build: candidate.build, state: .success, taken: taken), from: state)
        try notePackage(of: candidate, as: precedent)
    }

    /// Row by row: SQLite would copy each page that changes to take back a statement that writes several.
    private func copyArtifacts(of precedent: JobID, to job: JobID) throws(FarmError) {
        let artifacts = try database.all(
            """
            SELECT attempt, kind, name, version, architecture, path, bytes, digest, metadata, created_ms FROM artifacts WHERE job = ?
            ORDER BY id
            """, precedent
        ) { row in (0..<10).map { row.value($0) } }
        for artifact in artifacts {
            try database.run(
                """
                INSERT INTO artifacts(job, attempt, kind, name, version, architecture, path, bytes, digest, metadata, created_ms)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, values: [job.sqlValue] + artifact)
        }
    }

    /// Ends a job with the failure that the same inputs had before.
    func endAsRemembered(_ job: JobID, of build: BuildID, from state: JobState, _ failure: RememberedFailure) throws(FarmError) {
        try database.run(
            "UPDATE jobs SET shared_with = ?, remembered_until_ms = ? WHERE id = ?", failure.job, failure.expiresMilliseconds, job)
        let until = Timestamp.format(milliseconds: failure.expiresMilliseconds)
        let message = "remembered until \(until): \(failure.message) (\(failure.job)); bf-run retry runs it again"
        try end(EndedJob(job: job, build: build, state: .failed, failure: .build, message: message), from: state)
    }

    /// Lets a job wait for the end of an identical one.
    func wait(_ job: JobID, of build: BuildID, for twin: JobID) throws(FarmError) {
        try database.run("UPDATE jobs SET queue = ?, shared_with = ? WHERE id = ?", QueueState.shared.rawValue, twin, job)
        try record(.jobShared, build: build, job: job, data: ["with": .string(twin.description)])
    }

    /// Lets go the jobs that waited for one that is no longer running: what its own commands did, they would do again; after anything else
    /// they take their turn, and find its result if it has one.
    func release(twinsOf job: JobID, failure: FailureClass?, message: String?) throws(FarmError) {
        let twins = try database.all("SELECT id, build FROM jobs WHERE shared_with = ? AND queue = 4", job) { row in
            (job: row.identifier(0) as JobID, build: row.identifier(1) as BuildID)
        }
        for twin in twins {
            if failure == .build {
                let message = "the same job failed, \(job): \(message ?? "")"
                try end(EndedJob(job: twin.job, build: twin.build, state: .failed, failure: .build, message: message), from: .pending)
            } else {
                let gate = try buildGate(twin.build)
                try database.run(
                    "UPDATE jobs SET queue = ?, shared_with = NULL, due_ms = ?, due_boot = ? WHERE id = ?", gate.queue.rawValue, gate.due,
                    gate.due == nil ? nil as String? : "", twin.job)
                if gate.queue == .ready { try record(.jobReady, build: twin.build, job: twin.job) }
            }
        }
    }

    /// Notes a job that took the result of another as the last good build of its package.
    private func notePackage(of candidate: ClaimCandidate, as precedent: Precedent) throws(FarmError) {
        let identity = candidate.identity
        // Mostly the package is the same, but for the job: then two indexes of it stay as they are.
        let moved = try database.run(
            "UPDATE packages SET job = ? WHERE name = ? AND architecture = ? AND cell = ? AND tree = ? AND isolation = ?", candidate.job,
            identity.name, identity.architecture.name, identity.cellText, precedent.tree, precedent.isolation)
        if moved == 0 { try notePackage(of: candidate.job, durationMilliseconds: nil) }
    }

    /// Notes a job as the last good build of its package. What was made without isolation never stands in for what was made with it.
    /// - Parameter durationMilliseconds: nil keeps what is known.
    func notePackage(of job: JobID, durationMilliseconds: Int64?) throws(FarmError) {
        try database.run(
            """
            INSERT INTO packages(name, architecture, cell, job, tree, isolation, duration_ms)
            SELECT name, architecture, cell, id, tree, isolation, ? FROM jobs WHERE id = ?
            ON CONFLICT(name, architecture, cell) DO UPDATE SET job = excluded.job, tree = excluded.tree, isolation = excluded.isolation,
                duration_ms = coalesce(excluded.duration_ms, duration_ms)
            WHERE excluded.isolation <> 'none' OR isolation = 'none'
            """, durationMilliseconds, job)
    }

    /// Remembers a failure of a job's own commands if its build asked for that.
    func remember(_ job: JobID, of build: BuildID, inputs: Digest?, message: String) throws(FarmError) {
        guard let inputs else { return }
        try database.run(
            """
            INSERT OR REPLACE INTO remembered(input_digest, job, build, message, expires_ms)
            SELECT ?, ?, id, ?, ? + remember_ms FROM builds WHERE id = ? AND remember_ms IS NOT NULL
            """, inputs, job, message, now.wallMilliseconds, build)
    }
}

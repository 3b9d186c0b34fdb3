import FarmModel

extension Transaction {
    /// Looks for a job that had, or has, the same inputs.
    func decide(_ inputs: Digest, _ terms: DecisionTerms) throws(FarmError) -> Decision {
        if terms.isForced { return .run }
        if let precedent = try precedent(inputs, terms) { return .unchanged(precedent) }
        if let running = try twin(inputs, terms) { return .shared(running) }
        if terms.remembers, let failure = try remembered(inputs) { return .failedBefore(failure) }
        return .run
    }

    private static let usable = "(j.isolation <> 'none' OR ?2 = 'none') AND (?3 = 0 OR b.owner IS ?4)"

    /// Mostly whoever made the result is still there; else the newest of those that took it, who all have the same name.
    private func precedent(_ inputs: Digest, _ terms: DecisionTerms) throws(FarmError) -> Precedent? {
        if let maker = try precedent("j.unchanged = 0", inputs, terms) { return maker }
        return try precedent("j.unchanged = 1 AND j.name = (SELECT name FROM jobs WHERE id = ?5)", inputs, terms)
    }

    private func precedent(_ condition: String, _ inputs: Digest, _ terms: DecisionTerms) throws(FarmError) -> Precedent? {
        let sql = """
            SELECT j.id, CASE j.unchanged WHEN 1 THEN j.shared_with ELSE j.id END, j.tree, j.isolation, j.closure_digest, j.interface_digest
            FROM jobs j JOIN builds b ON b.id = j.build
            WHERE \(condition) AND j.input_digest = ?1 AND j.state = 'success' AND j.id <> ?5 AND j.tree IS NOT NULL
                AND \(Self.usable)
            ORDER BY j.id DESC LIMIT 1
            """
        return try database.first(sql, inputs, terms.isolation, terms.isPrivate, terms.owner, terms.job) { row in
            Precedent(
                job: row.identifier(0), maker: row.identifier(1), tree: row.integer(2), isolation: row.text(3), closure: row.digest(4),
                interface: row.digest(5))
        }
    }

    private func twin(_ inputs: Digest, _ terms: DecisionTerms) throws(FarmError) -> JobID? {
        let sql = """
            SELECT j.id FROM jobs j JOIN builds b ON b.id = j.build
            WHERE j.input_digest = ?1 AND j.unchanged = 0 AND j.state = 'running' AND j.cancel_ms IS NULL AND \(Self.usable) AND j.id <> ?5 LIMIT 1
            """
        return try database.first(sql, inputs, terms.isolation, terms.isPrivate, terms.owner, terms.job) { $0.identifier(0) }
    }

    private func remembered(_ inputs: Digest) throws(FarmError) -> RememberedFailure? {
        try database.first(
            "SELECT job, message, expires_ms FROM remembered WHERE input_digest = ? AND expires_ms > ?", inputs, now.wallMilliseconds
        ) { row in RememberedFailure(job: row.identifier(0), message: row.text(1), expiresMilliseconds: row.integer(2)) }
    }

    /// The closures of the jobs that a job needs directly, and the artifacts of earlier builds that it needs.
    func closures(neededBy job: JobID) throws(FarmError) -> [NamedDigest] {
        let sql = """
            SELECT n.name, n.architecture, n.cell, coalesce(n.closure_digest, t.digest)
            FROM edges e JOIN jobs n ON n.id = e.need LEFT JOIN trees t ON t.id = n.tree WHERE e.job = ?1 AND n.state = 'success'
            UNION ALL
            SELECT r.name, '', '', t.digest FROM job_trees r JOIN trees t ON t.id = r.tree WHERE r.job = ?1 AND r.role = 'need'
            """
        return try database.all(sql, job) { row in
            let identity = StoredIdentity.read(name: row.text(0), architecture: row.text(1), cell: row.text(2))
            return NamedDigest(
                name: row.text(1).isEmpty ? identity.name : identity.description, digest: row.digest(3) ?? StoredTree.empty.digest)
        }
    }
}

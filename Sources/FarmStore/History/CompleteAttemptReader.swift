import FarmModel

/// Puts together what is known of an attempt.
struct CompleteAttemptReader {
    let database: Connection

    func read(_ id: AttemptID) throws(FarmError) -> CompleteAttempt {
        let reader = RecordReader(database)
        let attempt = try reader.attempt(id)
        var complete = try circumstances(of: attempt, job: try reader.job(attempt.job))
        guard attempt.state == .success else { return complete }
        complete.output = try output(of: attempt.job)
        complete.artifacts = try reader.artifacts(of: attempt.job)
        return complete
    }

    private func circumstances(of attempt: AttemptRecord, job: JobRecord) throws(FarmError) -> CompleteAttempt {
        let sql = """
            SELECT j.recipe, d.text, b.created_ms, b.requester, a.reason, a.inputs, r.host, r.machine
            FROM attempts a JOIN jobs j ON j.id = a.job JOIN builds b ON b.id = a.build
                LEFT JOIN documents d ON d.job = a.job LEFT JOIN runners r ON r.id = a.runner
            WHERE a.id = ?
            """
        let found = try database.first(sql, attempt.id) { row in
            var complete = CompleteAttempt(
                attempt: attempt, job: job, recipe: row.text(0), document: row.object(1) ?? JSONObject(),
                requestedMilliseconds: row.integer(2))
            complete.requester = row.object(3).map(Requester.init)
            complete.reason = row.object(4)
            complete.inputs = row.object(5)
            complete.host = row.textIfAny(6)
            complete.machine = row.object(7) ?? JSONObject()
            return complete
        }
        guard let found else { throw FarmError(.noInput, "the build of \(attempt.id) was collected") }
        return found
    }

    private func output(of job: JobID) throws(FarmError) -> CompleteAttempt.Output? {
        let sql = "SELECT t.digest, t.bytes, t.files FROM jobs j JOIN trees t ON t.id = j.tree WHERE j.id = ?"
        let row = try database.first(sql, job) { ($0.digest(0), $0.integer(1), $0.integer(2)) }
        return row.flatMap { row in row.0.map { CompleteAttempt.Output(digest: $0, bytes: row.1, files: row.2) } }
    }
}

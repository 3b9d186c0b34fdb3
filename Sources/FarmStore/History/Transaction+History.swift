import FarmModel

extension Transaction {
    /// Notes an attempt that has just ended where it outlives its build. What ran nothing because another job has the result says nothing of
    /// how long it takes. A repeated id, as after a clock that was set back, replaces.
    func addToHistory(_ report: AttemptReport) throws(FarmError) {
        var output: Digest?
        switch report.result {
        case .success(let tree, _, _): output = tree.digest
        case .repeated: return
        case .failed, .cancelled, .abandoned: break
        }
        try database.run(
            """
            INSERT OR REPLACE INTO history(
                id, job, build, runner, name, architecture, cell, recipe, isolation, state, class, ended_ms, duration_ms, output)
            SELECT a.id, a.job, a.build, a.runner, j.name, j.architecture, j.cell, j.recipe, a.isolation, a.state, a.class, a.ended_ms,
                a.duration_ms, CASE a.state WHEN 'success' THEN ? END
            FROM attempts a JOIN jobs j ON j.id = a.job WHERE a.id = ?
            """, output, report.attempt)
    }
}

import FarmModel

extension Transaction {
    /// Notes an attempt that has just ended where it outlives its build. A repeated id, as after a clock that was set back, replaces.
    func remember(_ report: AttemptReport) throws(FarmError) {
        var output: Digest?
        if case .success(let tree, _) = report.result { output = tree.digest }
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

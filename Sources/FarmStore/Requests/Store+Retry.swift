public import FarmModel

extension Store {
    /// Puts a failed or cancelled job back into the queue, durably, and revives what was skipped because of it. Returns the revived jobs.
    ///
    /// - Throws: `temporary` while a cancel of the job is under way; `badInput` if there is nothing to retry.
    public func retry(_ job: JobID) throws(FarmError) -> [JobID] {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let record = try transaction.job(job)
            try transaction.refuseIfNotRetryable(record)
            return try transaction.revive([job], of: record.build)
        }
    }

    /// As ``retry(_:)`` for every failed and cancelled job of a build; an empty answer means there was none.
    public func retryFailed(of build: BuildID) throws(FarmError) -> [JobID] {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let record = try transaction.build(build)
            guard !record.isCancelling else { throw FarmError(.temporary, "\(build) is being cancelled; try again when it has ended") }
            let jobs: [JobID] = try transaction.database.all(
                "SELECT id FROM jobs WHERE build = ? AND state IN ('failed', 'cancelled') ORDER BY position", build
            ) { $0.identifier(0) }
            return try transaction.revive(jobs, of: build)
        }
    }
}

extension Transaction {
    fileprivate func refuseIfNotRetryable(_ job: JobRecord) throws(FarmError) {
        switch job.state {
        case .failed, .cancelled: return
        case .skipped:
            let root = job.root.map(\.description) ?? "a needed job"
            throw FarmError(.badInput, "\(job.id) (\(job.identity)) was skipped because of \(root); retry that one")
        case .running where job.isCancelling:
            throw FarmError(.temporary, "\(job.id) (\(job.identity)) is being cancelled; try again when it has ended")
        case .pending, .running, .success:
            throw FarmError(
                .badInput, "\(job.id) (\(job.identity)) is \(job.state.rawValue); only failed and cancelled jobs can be retried")
        }
    }

    /// Revives jobs and every skipped dependent whose needs have all come back or are good.
    fileprivate func revive(_ jobs: [JobID], of build: BuildID) throws(FarmError) -> [JobID] {
        var revived: [JobID] = []
        var open = jobs
        while let job = open.popLast() {
            guard let state = try revive(job, of: build) else { continue }
            revived.append(job)
            try move(build, from: state, to: .pending)
            open += try database.all(
                "SELECT e.job FROM edges e JOIN jobs j ON j.id = e.job WHERE e.need = ? AND j.state = 'skipped'", job
            ) { $0.identifier(0) }
        }
        if !revived.isEmpty {
            try database.run("UPDATE builds SET cancel_ms = NULL, cancel_by = NULL, ended_ms = NULL WHERE id = ?", build)
            try record(.buildRevived, build: build, data: ["jobs": .int(Int64(revived.count))])
        }
        for job in revived { try settle(job, of: build) }
        return revived.sorted()
    }

    /// Makes one ended job pending again; nil, and a note of the other culprit, if another need of it has still failed.
    private func revive(_ job: JobID, of build: BuildID) throws(FarmError) -> JobState? {
        let state = try database.first("SELECT state FROM jobs WHERE id = ?", job) { JobState(rawValue: $0.text(0)) } ?? nil
        guard let state, state.isTerminal, state != .success else { return nil }
        let culprit = try database.first(
            """
            SELECT j.id, coalesce(j.root, j.id) FROM edges e JOIN jobs j ON j.id = e.need
            WHERE e.job = ? AND e.optional = 0 AND j.state IN ('failed', 'skipped', 'cancelled') LIMIT 1
            """, job
        ) { ($0.identifier(0) as JobID, $0.identifier(1) as JobID) }
        if let culprit {
            if state == .skipped { try database.run("UPDATE jobs SET via = ?, root = ? WHERE id = ?", culprit.0, culprit.1, job) }
            if state != .cancelled { return nil }
        }
        try database.run(
            """
            UPDATE jobs SET state = 'pending', class = NULL, message = NULL, root = NULL, via = NULL, attempts_before = attempts,
                started_ms = NULL, ended_ms = NULL, queue = 0 WHERE id = ?
            """, job)
        try record(.jobRevived, build: build, job: job)
        return state
    }

    /// Counts what a revived job waits for and puts it where it belongs in the queue.
    private func settle(_ job: JobID, of build: BuildID) throws(FarmError) {
        let waiting =
            try database.first(
                "SELECT count(*) FROM edges e JOIN jobs j ON j.id = e.need WHERE e.job = ? AND j.state IN ('pending', 'running')", job
            ) { $0.integer(0) } ?? 0
        let gate = try buildGate(build)
        let queue = waiting > 0 ? QueueState.dependency : gate.queue
        let due = waiting > 0 ? nil : gate.due
        try database.run(
            """
            UPDATE jobs SET waiting = ?, queue = ?, due_ms = ?, due_boot = ?, ready_ms = ?, score = rank - ? / 60000.0 WHERE id = ?
            """, waiting, queue.rawValue, due, due == nil ? nil : "", now.wallMilliseconds, now.wallMilliseconds, job)
    }
}

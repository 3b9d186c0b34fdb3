import FarmModel

/// A job that ends, and how.
struct EndedJob {
    var job: JobID
    var build: BuildID
    var state: JobState
    var failure: FailureClass?
    var message: String?
    /// The job whose failure came first, for a skipped one.
    var root: JobID?
    /// The needed job through which it came.
    var via: JobID?
    /// True if it took the result of another job.
    var isUnchanged = false
}

extension Transaction {
    /// Ends a job and lets its dependents know: after success they get ready, after anything else they are skipped with all that needs them.
    func end(_ first: EndedJob, from state: JobState) throws(FarmError) {
        try close(first, from: state)
        let skipMessage =
            first.state == .success
            ? nil : "\(try name(of: first.root ?? first.job)) \(first.root == nil ? first.state.rawValue : "failed")"
        var ended = [first]
        while let job = ended.popLast() {
            let step = DependentStep(afterEnd: job.state, isOptional: false)
            try release(dependentsOf: job, onlyOptional: step == .skip)
            guard step == .skip else { continue }
            for dependent in try skippableDependents(of: job) {
                let skipped = EndedJob(
                    job: dependent, build: job.build, state: .skipped, message: skipMessage, root: job.root ?? job.job, via: job.job)
                try close(skipped, from: .pending)
                ended.append(skipped)
            }
        }
    }

    private func close(_ job: EndedJob, from state: JobState) throws(FarmError) {
        try database.run(
            """
            UPDATE jobs SET state = ?, class = ?, message = ?, root = ?, via = ?, queue = NULL, due_ms = NULL, due_boot = NULL,
                cancel_ms = NULL, ended_ms = ? WHERE id = ?
            """, job.state.rawValue, job.failure?.rawValue, job.message, job.root, job.via, now.wallMilliseconds, job.job)
        var data: JSONObject = ["state": .string(job.state.rawValue)]
        data.add("class", job.failure?.rawValue)
        data.add("root", job.root?.description)
        data.addIfTrue("unchanged", job.isUnchanged)
        try record(.jobEnded, build: job.build, job: job.job, data: data)
        try move(job.build, from: state, to: job.state, unchanged: job.isUnchanged)
    }

    private func name(of job: JobID) throws(FarmError) -> String {
        try database.first("SELECT name, architecture, cell FROM jobs WHERE id = ?", job) {
            StoredIdentity.read(name: $0.text(0), architecture: $0.text(1), cell: $0.text(2)).description
        } ?? job.description
    }

    private func skippableDependents(of job: EndedJob) throws(FarmError) -> [JobID] {
        try database.all(
            "SELECT e.job FROM edges e JOIN jobs j ON j.id = e.job WHERE e.need = ? AND e.optional = 0 AND j.state = 'pending'", job.job
        ) { $0.identifier(0) }
    }

    /// Counts an ended need off its dependents; those that wait for nothing else get ready, delayed or paused as their build is.
    private func release(dependentsOf job: EndedJob, onlyOptional: Bool) throws(FarmError) {
        let hasDependents = try database.first("SELECT 1 FROM edges WHERE need = ? LIMIT 1", job.job) { _ in true } ?? false
        guard hasDependents else { return }
        let gate = try buildGate(job.build)
        let ready = try database.all(
            """
            UPDATE jobs SET waiting = waiting - 1,
                queue = CASE waiting WHEN 1 THEN ? ELSE queue END,
                due_ms = CASE waiting WHEN 1 THEN ? END, due_boot = CASE waiting WHEN 1 THEN ? END,
                ready_ms = ?, score = rank - ? / 60000.0
            WHERE state = 'pending' AND id IN (SELECT job FROM edges WHERE need = ? AND (optional = 1 OR ? = 0))
            RETURNING id, waiting
            """,
            values: [
                gate.queue.rawValue, gate.due, gate.due == nil ? nil as String? : "", now.wallMilliseconds, now.wallMilliseconds, job.job,
                onlyOptional,
            ]
        ) { row in (row.identifier(0) as JobID, row.integer(1)) }
        for (dependent, waiting) in ready where waiting == 0 { try record(.jobReady, build: job.build, job: dependent) }
    }

    /// How many needs a job waits for.
    func unfinishedNeeds(of job: JobID) throws(FarmError) -> Int64 {
        try database.first(
            "SELECT count(*) FROM edges e JOIN jobs j ON j.id = e.need WHERE e.job = ? AND j.state IN ('pending', 'running')", job
        ) { $0.integer(0) } ?? 0
    }

    /// Where a job of a build stands once it waits for no other job.
    func buildGate(_ build: BuildID) throws(FarmError) -> (queue: QueueState, due: Int64?) {
        let row = try database.first("SELECT paused IS NOT NULL, not_before_ms FROM builds WHERE id = ?", build) {
            ($0.flag(0), $0.integerIfAny(1))
        }
        let due = row?.1.flatMap { $0 > now.wallMilliseconds ? $0 : nil }
        return (QueueState(waiting: 0, isPaused: row?.0 == true, isDelayed: due != nil), due)
    }
}

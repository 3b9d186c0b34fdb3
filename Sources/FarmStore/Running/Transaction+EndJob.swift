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
    /// The result that it took of another job; nil if it made its own, or none.
    var taken: TakenResult?
}

/// A result that a job takes instead of making it.
struct TakenResult {
    var precedent: Precedent
    /// The digest of the inputs that both have.
    var inputs: Digest
}

extension Transaction {
    /// Ends a job and lets its dependents know: after success they get ready, after anything else they are skipped with all that needs them.
    func end(_ first: EndedJob, from state: JobState) throws(FarmError) {
        var work = EndedWork(event: try close(first, from: state), build: first.build, job: first.job)
        defer { effects.ended.append(work) }
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
                work.victims.append(dependent)
                ended.append(skipped)
            }
        }
    }

    @discardableResult
    private func close(_ job: EndedJob, from state: JobState) throws(FarmError) -> EventCursor {
        if let taken = job.taken { try store(taken, as: job) } else { try store(job) }
        var data: JSONObject = ["state": .string(job.state.rawValue)]
        data.add("class", job.failure?.rawValue)
        data.add("root", job.root?.description)
        data.addIfTrue("unchanged", job.taken != nil)
        let event = try record(.jobEnded, build: job.build, job: job.job, data: data)
        try move(job.build, from: state, to: job.state, unchanged: job.taken != nil)
        return event
    }

    private func store(_ job: EndedJob) throws(FarmError) {
        try database.run(
            """
            UPDATE jobs SET state = ?, class = ?, message = ?, root = ?, via = ?, queue = NULL, due_ms = NULL, due_boot = NULL,
                cancel_ms = NULL, ended_ms = ? WHERE id = ?
            """, job.state.rawValue, job.failure?.rawValue, job.message, job.root, job.via, now.wallMilliseconds, job.job)
    }

    private func store(_ taken: TakenResult, as job: EndedJob) throws(FarmError) {
        let precedent = taken.precedent
        try database.run(
            """
            UPDATE jobs SET state = ?, class = NULL, message = NULL, queue = NULL, due_ms = NULL, due_boot = NULL, cancel_ms = NULL,
                ended_ms = ?, unchanged = 1, input_digest = ?, shared_with = ?, tree = ?, isolation = ?, closure_digest = ?,
                interface_digest = ? WHERE id = ?
            """, job.state.rawValue, now.wallMilliseconds, taken.inputs, precedent.maker, precedent.tree, precedent.isolation,
            precedent.closure, precedent.interface, job.job)
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
        let dependents = try database.all(
            """
            SELECT j.id, j.waiting FROM edges e JOIN jobs j ON j.id = e.job
            WHERE e.need = ? AND j.state = 'pending' AND (e.optional = 1 OR ? = 0)
            """, job.job, onlyOptional
        ) { row in (row.identifier(0) as JobID, row.integer(1)) }
        guard !dependents.isEmpty else { return }
        let gate = try buildGate(job.build)
        for (dependent, waiting) in dependents {
            if waiting == 1 {
                try open(dependent, of: job.build, gate)
            } else {
                try database.run("UPDATE jobs SET waiting = waiting - 1 WHERE id = ?", dependent)
            }
        }
    }

    /// Lets a job go that waits for no other one any more.
    private func open(_ job: JobID, of build: BuildID, _ gate: (queue: QueueState, due: Int64?)) throws(FarmError) {
        try database.run(
            """
            UPDATE jobs SET waiting = 0, queue = ?1, due_ms = ?2, due_boot = ?3, ready_ms = ?4, score = rank - ?4 / 60000.0 WHERE id = ?5
            """, gate.queue.rawValue, gate.due, gate.due == nil ? nil as String? : "", now.wallMilliseconds, job)
        try record(.jobReady, build: build, job: job)
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

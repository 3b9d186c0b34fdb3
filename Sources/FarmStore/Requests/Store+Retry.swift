public import FarmModel

extension Store {
    /// Puts a failed or cancelled job back into the queue, durably, and revives what was skipped because of it. Returns the revived jobs.
    ///
    /// - Parameter auditor: Who is named to administrators; nil for nobody.
    /// - Throws: `temporary` while a cancel of the job is under way; `badInput` if there is nothing to retry, or a need of it has not succeeded.
    public func retry(_ job: JobID, auditor: Requester?) throws(FarmError) -> [JobID] {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            try transaction.audit(.retry, by: auditor, of: .job(job))
            let record = try transaction.job(job)
            try transaction.refuseIfNotRetryable(record)
            let revived = try transaction.revive([job], of: record.build)
            guard !revived.isEmpty else {
                throw FarmError(
                    .badInput, "\(job) (\(record.identity)) needs a job that did not succeed; retry that one, or --failed for all")
            }
            return revived
        }
    }

    /// As ``retry(_:auditor:)`` for every failed and cancelled job of a build; an empty answer means there was none.
    public func retryFailed(of build: BuildID, auditor: Requester?) throws(FarmError) -> [JobID] {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            try transaction.audit(.retry, by: auditor, of: .build(build))
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
        let isBuildCancelling = try build(job.build).isCancelling
        switch RetryStep(in: job.state, isCancelling: job.isCancelling, isBuildCancelling: isBuildCancelling) {
        case .revive: return
        case .retryRoot:
            let root = job.root.map(\.description) ?? "a needed job"
            throw FarmError(.badInput, "\(job.id) (\(job.identity)) was skipped because of \(root); retry that one")
        case .later:
            let name = job.isCancelling ? "\(job.id) (\(job.identity))" : "\(job.build)"
            throw FarmError(.temporary, "\(name) is being cancelled; try again when it has ended")
        case .nothing:
            throw FarmError(
                .badInput, "\(job.id) (\(job.identity)) is \(job.state.rawValue); only failed and cancelled jobs can be retried")
        }
    }

    /// Revives jobs and every skipped dependent, each as soon as none of its needs stands in the way any more.
    fileprivate func revive(_ jobs: [JobID], of build: BuildID) throws(FarmError) -> [JobID] {
        let requested = Set(jobs)
        var revived: [JobID] = []
        var open = jobs
        while let job = open.popLast() {
            guard let state = try state(of: job) else { continue }
            let culprit = try culprit(of: job)
            switch ReviveStep(in: state, isRequested: requested.contains(job), isBlocked: culprit != nil) {
            case .leave: break
            case .blame:
                if let culprit, try blame(culprit, for: job) { open += try dependents(of: job, in: [.skipped]) }
            case .revive:
                try revive(job, from: state, of: build)
                revived.append(job)
                open += try dependents(of: job, in: [.skipped, .failed, .cancelled])
            }
        }
        guard !revived.isEmpty else { return [] }
        try refuseIfNeedsWereCollected(revived)
        try database.run(
            "UPDATE builds SET cancel_ms = NULL, cancel_by = NULL, ended_ms = NULL, logs_removed_ms = NULL WHERE id = ?", build)
        try record(.buildRevived, build: build, data: ["jobs": .int(Int64(revived.count))])
        try settle(revived, of: build)
        return revived.sorted()
    }

    private func state(of job: JobID) throws(FarmError) -> JobState? {
        try database.first("SELECT state FROM jobs WHERE id = ?", job) { JobState(rawValue: $0.text(0)) } ?? nil
    }

    private struct Culprit {
        var via: JobID
        var root: JobID
    }

    /// A need for which a job cannot run.
    private func culprit(of job: JobID) throws(FarmError) -> Culprit? {
        try database.first(
            """
            SELECT j.id, coalesce(j.root, j.id) FROM edges e JOIN jobs j ON j.id = e.need
            WHERE e.job = ? AND e.optional = 0 AND j.state IN ('failed', 'skipped', 'cancelled') LIMIT 1
            """, job
        ) { Culprit(via: $0.identifier(0), root: $0.identifier(1)) }
    }

    /// Notes why a job stays skipped; true if that has changed.
    private func blame(_ culprit: Culprit, for job: JobID) throws(FarmError) -> Bool {
        try database.run(
            "UPDATE jobs SET via = ?1, root = ?2 WHERE id = ?3 AND (via <> ?1 OR root <> ?2)", culprit.via, culprit.root, job) == 1
    }

    /// A job that succeeded has a tree, unless gc has taken it.
    private func refuseIfNeedsWereCollected(_ jobs: [JobID]) throws(FarmError) {
        let name = try database.first(
            """
            WITH RECURSIVE needed(id) AS (
                SELECT need FROM edges WHERE job IN (SELECT value FROM json_each(?))
                UNION SELECT e.need FROM edges e JOIN needed n ON e.job = n.id)
            SELECT j.name FROM needed n JOIN jobs j ON j.id = n.id WHERE j.state = 'success' AND j.tree IS NULL LIMIT 1
            """, JSONValue.array(jobs.map { .int($0.number) }).text
        ) { $0.text(0) }
        guard let name else { return }
        throw FarmError(.badInput, "the artifacts of the needed job \(name) were collected by bf-gc; submit the documents again")
    }

    private func dependents(of job: JobID, in states: [JobState]) throws(FarmError) -> [JobID] {
        let names = JSONValue.array(states.map { .string($0.rawValue) }).text
        return try database.all(
            """
            SELECT e.job FROM edges e JOIN jobs j ON j.id = e.job
            WHERE e.need = ? AND e.optional = 0 AND j.state IN (SELECT value FROM json_each(?))
            """, job, names
        ) { $0.identifier(0) }
    }

    private func revive(_ job: JobID, from state: JobState, of build: BuildID) throws(FarmError) {
        try database.run(
            """
            UPDATE jobs SET state = 'pending', class = NULL, message = NULL, root = NULL, via = NULL, attempts_before = attempts,
                started_ms = NULL, ended_ms = NULL, queue = 0, insist = 1, shared_with = NULL, remembered_until_ms = NULL,
                input_digest = NULL WHERE id = ?
            """, job)
        try record(.jobRevived, build: build, job: job)
        try move(build, from: state, to: .pending)
    }

    /// Puts revived jobs where they belong in the queue, and those that wait for them again: an optional need had let these go on.
    private func settle(_ revived: [JobID], of build: BuildID) throws(FarmError) {
        let gate = try buildGate(build)
        var settled = Set(revived)
        for job in revived {
            try settle(job, gate)
            let waiting: [JobID] = try database.all(
                "SELECT e.job FROM edges e JOIN jobs j ON j.id = e.job WHERE e.need = ? AND e.optional = 1 AND j.state = 'pending'", job
            ) { $0.identifier(0) }
            for dependent in waiting where settled.insert(dependent).inserted { try settle(dependent, gate) }
        }
    }

    private func settle(_ job: JobID, _ gate: (queue: QueueState, due: Int64?)) throws(FarmError) {
        let waiting = try unfinishedNeeds(of: job)
        let queue = waiting > 0 ? .dependency : gate.queue
        let due = waiting > 0 ? nil : gate.due
        try database.run(
            """
            UPDATE jobs SET waiting = ?, queue = ?, due_ms = ?, due_boot = ?, ready_ms = ?, score = rank - ? / 60000.0 WHERE id = ?
            """, waiting, queue.rawValue, due, due == nil ? nil : "", now.wallMilliseconds, now.wallMilliseconds, job)
    }
}

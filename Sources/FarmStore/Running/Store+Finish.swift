public import FarmModel

extension Store {
    /// Ends an attempt in one transaction: ownership and cancel request checked, attempt and job ended, artifacts noted, dependents released or
    /// skipped, events recorded. The end of a build is durable when this returns.
    public func finish(_ report: AttemptReport) throws(FarmError) -> FinishOutcome {
        try finish([report], claiming: nil).ends.first?.outcome ?? .stale
    }

    /// Ends attempts and, in the same transaction, claims the next jobs for whoever ran them.
    /// - Parameter request: nil to claim none.
    public func finish(_ reports: [AttemptReport], claiming request: ClaimRequest?) throws(FarmError) -> (
        ends: [FinishedAttempt], next: ClaimResult
    ) {
        let finished = try write(.durableIfBuildEnds, rings: true) { transaction throws(FarmError) in
            return Finished(
                ends: try transaction.finish(reports),
                next: try request.map { request throws(FarmError) in try transaction.claim(request) } ?? ClaimResult())
        }
        return (finished.ends, finished.next)
    }

    private struct Finished: Sendable {
        var ends: [FinishedAttempt]
        var next: ClaimResult
    }
}

extension Transaction {
    private struct Running {
        var job: JobID
        var build: BuildID
        var number: Int64
        var isCancelling: Bool
        var claimedBoot: Int64
        var bootIdentifier: String
    }

    fileprivate func finish(_ reports: [AttemptReport]) throws(FarmError) -> [FinishedAttempt] {
        var ends: [FinishedAttempt] = []
        for report in reports {
            let outcome = try finish(report)
            let job = try database.first("SELECT job FROM attempts WHERE id = ?", report.attempt) { $0.identifier(0) as JobID }
            ends.append(
                FinishedAttempt(
                    outcome: outcome, job: try job.flatMap { job throws(FarmError) in try RecordReader(database).jobs([job]).first }))
        }
        return ends
    }

    func finish(_ report: AttemptReport) throws(FarmError) -> FinishOutcome {
        guard let running = try owned(report) else {
            try record(.staleReport, attempt: report.attempt)
            return .stale
        }
        switch ReportStep(report.result.end, isCancelling: running.isCancelling) {
        case .succeed:
            try close(report, running, state: .success, failure: nil, message: nil)
            try keep(report, running)
            return try end(running, .success, message: nil)
        case .settle: return try settle(report, running)
        case .judge(let failure): return try fail(report, running, failure)
        case .cancel:
            try close(report, running, state: .cancelled, failure: nil, message: "cancelled")
            return try end(running, .cancelled, message: "cancelled")
        case .giveBack:
            try close(report, running, state: .cancelled, failure: nil, message: "the runner was stopped")
            try requeue(running, due: nil)
            return .requeued
        }
    }

    private func owned(_ report: AttemptReport) throws(FarmError) -> Running? {
        let sql = """
            SELECT a.job, a.build, a.number, j.cancel_ms IS NOT NULL, a.claimed_boot_ms, a.boot_id
            FROM attempts a JOIN jobs j ON j.id = a.job WHERE a.id = ? AND a.token = ? AND a.state = 'running'
            """
        return try database.first(sql, report.attempt, report.token) { row in
            Running(
                job: row.identifier(0), build: row.identifier(1), number: row.integer(2), isCancelling: row.flag(3),
                claimedBoot: row.integer(4), bootIdentifier: row.text(5))
        }
    }

    private func close(
        _ report: AttemptReport, _ running: Running, state: AttemptState, failure: FailureClass?, message: String?
    ) throws(FarmError) {
        try database.run(
            """
            UPDATE attempts SET state = ?, class = ?, message = ?, ended_ms = ?, duration_ms = ?, exit_code = ?, signal = ?, log_bytes = ?,
                facts = ?, input_digest = coalesce(?, input_digest), inputs = coalesce(?, inputs) WHERE id = ?
            """, state.rawValue, failure?.rawValue, message, now.wallMilliseconds, duration(report, running), report.exitCode,
            report.signal,
            report.logBytes, report.facts.members.isEmpty ? nil as JSONObject? : report.facts, report.inputDigest, report.inputs,
            report.attempt)
        try release(report.attempt, state: state, failure: failure, message: message)
        try addToHistory(report)
        if state != .success {
            var data: JSONObject = ["state": .string(state.rawValue)]
            data.add("class", failure?.rawValue)
            try record(.attemptEnded, build: running.build, job: running.job, attempt: report.attempt, data: data)
        }
    }

    private func keep(_ report: AttemptReport, _ running: Running) throws(FarmError) {
        guard case .success(let tree, let artifacts, let interface) = report.result else { return }
        try insert(tree)
        try insertTreeReference(job: running.job, role: .output, name: "", digest: tree.digest)
        try database.run(
            """
            UPDATE jobs SET tree = (SELECT id FROM trees WHERE digest = ?), input_digest = ?, interface_digest = ?, closure_digest = ?
            WHERE id = ?
            """, tree.digest, report.inputDigest, interface,
            Closure.digest(result: interface ?? tree.digest, needs: try closures(neededBy: running.job)), running.job)
        for artifact in artifacts {
            try database.run(
                """
                INSERT INTO artifacts(job, attempt, kind, name, version, architecture, path, bytes, digest, created_ms)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, running.job, report.attempt, artifact.kind, artifact.name, artifact.version, artifact.architecture.name,
                artifact.path, artifact.bytes, artifact.digest, now.wallMilliseconds)
        }
        try notePackage(of: running.job, durationMilliseconds: duration(report, running))
    }

    /// Ends an attempt that was found to repeat another job. What it repeated may be gone by now: then the job is back in the queue.
    private func settle(_ report: AttemptReport, _ running: Running) throws(FarmError) -> FinishOutcome {
        let inputs = try database.first("SELECT input_digest, isolation FROM attempts WHERE id = ?", report.attempt) { row in
            (digest: row.digest(0), isolation: row.text(1))
        }
        guard let digest = inputs?.digest, let isolation = inputs?.isolation, let candidate = try candidate(running.job) else {
            try close(report, running, state: .cancelled, failure: nil, message: "what it repeats is gone")
            try requeue(running, due: nil)
            return .requeued
        }
        switch try decide(digest, candidate.terms(isolation: isolation)) {
        case .run:
            try close(report, running, state: .cancelled, failure: nil, message: "what it repeats is gone")
            try requeue(running, due: nil)
            return .requeued
        case .shared(let twin):
            try close(report, running, state: .cancelled, failure: nil, message: "waits for the identical job \(twin)")
            try requeue(running, due: nil)
            try wait(running.job, of: running.build, for: twin)
            return .requeued
        case .unchanged(let precedent):
            try close(report, running, state: .success, failure: nil, message: "unchanged since \(precedent.job)")
            try endUnchanged(candidate, from: .running, as: precedent, inputs: digest)
            return .ended(.success)
        case .failedBefore(let failure):
            try close(report, running, state: .failed, failure: .build, message: "failed before, \(failure.job)")
            try endAsRemembered(running.job, of: running.build, from: .running, failure)
            return .ended(.failed)
        }
    }

    private func duration(_ report: AttemptReport, _ running: Running) -> Int64? {
        if let duration = report.durationMilliseconds { return duration }
        return running.bootIdentifier == now.bootIdentifier ? max(0, now.bootMilliseconds - running.claimedBoot) : nil
    }

    private func fail(_ report: AttemptReport, _ running: Running, _ failure: FailureClass) throws(FarmError) -> FinishOutcome {
        guard case .failed(_, let message, let policy, let jitter) = report.result else { return .stale }
        try close(report, running, state: .failed, failure: failure, message: message)
        let failures = try recentFailures(of: running.job)
        switch FailureStep(failure, among: failures, boot: now.bootIdentifier, policy: policy, jitter: jitter) {
        case .poison: return try end(running, .failed, failure: .lost, message: RetryPolicy.poisonMessage)
        case .again(let delay):
            try requeue(running, due: now.bootMilliseconds + delay)
            let data: JSONObject = ["delay_ms": .int(delay), "class": .string(failure.rawValue)]
            try record(.jobDelayed, build: running.build, job: running.job, data: data)
            return .delayed(milliseconds: delay)
        case .end:
            if failure == .build {
                let known = try inputDigest(of: report.attempt)
                try remember(running.job, of: running.build, inputs: report.inputDigest ?? known, message: message)
            }
            return try end(running, .failed, failure: failure, message: message)
        }
    }

    private func inputDigest(of attempt: AttemptID) throws(FarmError) -> Digest? {
        try database.first("SELECT input_digest FROM attempts WHERE id = ?", attempt) { $0.digest(0) } ?? nil
    }

    /// The failures of a job since it was submitted or retried, the oldest first.
    private func recentFailures(of job: JobID) throws(FarmError) -> [PastFailure] {
        try database.all(
            """
            SELECT a.class, a.boot_id FROM attempts a JOIN jobs j ON j.id = a.job
            WHERE a.job = ? AND a.number > j.attempts_before AND a.state = 'failed' ORDER BY a.number
            """, job
        ) { row in PastFailure(failure: FailureClass(rawValue: row.text(0)) ?? .infrastructure, bootIdentifier: row.text(1)) }
    }

    /// Puts a running job back into the queue; `due` is a boot-clock time. An optional need that was retried meanwhile is waited for again.
    private func requeue(_ running: Running, due: Int64?) throws(FarmError) {
        let waiting = try unfinishedNeeds(of: running.job)
        let paused = try database.first("SELECT paused IS NOT NULL FROM builds WHERE id = ?", running.build) { $0.flag(0) } ?? false
        let queue = QueueState(waiting: waiting, isPaused: paused, isDelayed: due != nil)
        let due = waiting > 0 ? nil : due
        try database.run(
            "UPDATE jobs SET state = 'pending', waiting = ?, queue = ?, due_ms = ?, due_boot = ?, ready_ms = ? WHERE id = ?",
            waiting, queue.rawValue, due, due == nil ? nil : now.bootIdentifier, now.wallMilliseconds, running.job)
        if queue == .ready { try record(.jobReady, build: running.build, job: running.job) }
        try move(running.build, from: .running, to: .pending)
        try release(twinsOf: running.job, failure: nil, message: nil)
    }

    private func end(
        _ running: Running, _ state: JobState, failure: FailureClass? = nil, message: String?
    ) throws(FarmError) -> FinishOutcome {
        try end(
            EndedJob(job: running.job, build: running.build, state: state, failure: failure, message: message, root: nil, via: nil),
            from: .running)
        try release(twinsOf: running.job, failure: failure, message: message)
        return .ended(state)
    }
}

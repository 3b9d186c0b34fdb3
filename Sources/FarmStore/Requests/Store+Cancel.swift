public import FarmModel

/// What a request names.
public enum Target: Sendable, Hashable, CustomStringConvertible {
    case build(BuildID)
    case job(JobID)
    case attempt(AttemptID)
    case runner(RunnerID)

    /// The id.
    public var description: String {
        switch self {
        case .build(let id): id.description
        case .job(let id): id.description
        case .attempt(let id): id.description
        case .runner(let id): id.description
        }
    }
}

/// What a cancel request did.
public struct CancelOutcome: Sendable, Equatable {
    /// Jobs that were waiting and have ended at once.
    public var ended = 0
    /// Jobs that are running and will end once their processes are dead.
    public var cancelling: [JobID] = []
    /// True if there was nothing left to cancel.
    public var isNothing: Bool { ended == 0 && cancelling.isEmpty }

    /// Nothing was to be cancelled, unless it is said.
    public init(ended: Int = 0, cancelling: [JobID] = []) {
        self.ended = ended
        self.cancelling = cancelling
    }
}

extension Store {
    /// Asks for the end of a build, job or attempt, durably. Waiting jobs end at once; running ones when their processes are dead.
    /// - Parameter auditor: Who is named to administrators; nil for nobody.
    public func cancel(_ target: Target, by requester: String, auditor: Requester?) throws(FarmError) -> CancelOutcome {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            try transaction.audit(.cancel, by: auditor, of: target)
            switch target {
            case .build(let build): return try transaction.cancel(build: build, by: requester)
            case .job(let job): return try transaction.cancel(job: job)
            case .attempt(let attempt): return try transaction.cancel(attempt: attempt)
            case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; stop it with a signal, or pause it")
            }
        }
    }

    /// The running attempts of a runner for which a cancel was asked.
    public func cancelRequests(of runner: RunnerID) throws(FarmError) -> [AttemptID] {
        try read { database throws(FarmError) in
            try database.all(
                """
                SELECT a.id FROM attempts a JOIN jobs j ON j.id = a.job
                WHERE a.runner = ? AND a.state = 'running' AND j.cancel_ms IS NOT NULL
                """, runner
            ) { $0.identifier(0) }
        }
    }
}

extension Transaction {
    fileprivate func cancel(build: BuildID, by requester: String) throws(FarmError) -> CancelOutcome {
        let jobs = try database.all(
            "SELECT id, state FROM jobs WHERE build = ? AND state IN ('pending', 'running') ORDER BY position", build
        ) { ($0.identifier(0) as JobID, JobState(rawValue: $0.text(1)) ?? .pending) }
        guard !jobs.isEmpty else {
            _ = try self.build(build)
            return CancelOutcome()
        }
        try database.run(
            "UPDATE builds SET cancel_ms = coalesce(cancel_ms, ?), cancel_by = coalesce(cancel_by, ?) WHERE id = ?", now.wallMilliseconds,
            requester, build)
        try record(.buildCancelling, build: build, data: ["by": .string(requester)])
        var outcome = CancelOutcome()
        for (job, state) in jobs where CancelStep(in: state) == .request { try request(job, build: build, &outcome) }
        for (job, state) in jobs where CancelStep(in: state) == .end {
            // Ended one by one, dependents after their needs have gone: none of them may be called skipped.
            try endWithoutCascade(job, build: build)
            outcome.ended += 1
        }
        return outcome
    }

    fileprivate func cancel(job: JobID) throws(FarmError) -> CancelOutcome {
        let record = try self.job(job)
        var outcome = CancelOutcome()
        switch CancelStep(in: record.state) {
        case .end:
            try end(EndedJob(job: job, build: record.build, state: .cancelled, message: "cancelled"), from: .pending)
            outcome.ended = 1
        case .request: try request(job, build: record.build, &outcome)
        case .nothing: break
        }
        return outcome
    }

    fileprivate func cancel(attempt: AttemptID) throws(FarmError) -> CancelOutcome {
        let record = try self.attempt(attempt)
        return record.state == .running ? try cancel(job: record.job) : CancelOutcome()
    }

    private func request(_ job: JobID, build: BuildID, _ outcome: inout CancelOutcome) throws(FarmError) {
        let changed = try database.run("UPDATE jobs SET cancel_ms = ? WHERE id = ? AND cancel_ms IS NULL", now.wallMilliseconds, job)
        if changed == 1 { try record(.jobCancelling, build: build, job: job) }
        outcome.cancelling.append(job)
    }

    private func endWithoutCascade(_ job: JobID, build: BuildID) throws(FarmError) {
        try database.run(
            """
            UPDATE jobs SET state = 'cancelled', message = 'cancelled', queue = NULL, due_ms = NULL, due_boot = NULL, ended_ms = ?
            WHERE id = ?
            """, now.wallMilliseconds, job)
        try record(.jobEnded, build: build, job: job, data: ["state": .string(JobState.cancelled.rawValue)])
        try move(build, from: .pending, to: .cancelled)
    }
}

import FarmModel

/// What a write operation works with: the connection inside a transaction, one reading of the clocks, and what is to happen after the commit.
struct Transaction {
    let database: Connection
    let now: Moment
    let epoch: Int64
    let effects = TransactionEffects()

    /// The next free identifier of a table; those after it are free too. Safe because one write transaction runs at a time.
    func allot<Kind>(in table: String) throws(FarmError) -> Identifier<Kind> {
        let newest: Int64 = try database.first("SELECT max(id) FROM \(table)") { $0.integer(0) } ?? 0
        let floor = Identifier<Kind>.floor(wallMilliseconds: now.wallMilliseconds)
        return Identifier(max(newest + 1, floor))
    }

    /// Appends an event row and returns its place.
    @discardableResult
    func record(
        _ kind: EventKind, build: BuildID? = nil, job: JobID? = nil, attempt: AttemptID? = nil, data: JSONObject? = nil
    ) throws(FarmError) -> EventCursor {
        try append(kind.rawValue, build: build, job: job, attempt: attempt, data: data)
    }

    /// Appends an event row by the name of its kind and returns its place.
    @discardableResult
    func append(
        _ event: String, build: BuildID? = nil, job: JobID? = nil, attempt: AttemptID? = nil, data: JSONObject? = nil
    ) throws(FarmError) -> EventCursor {
        try database.run(
            "INSERT INTO events(epoch, time_ms, kind, build, job, attempt, data) VALUES(?, ?, ?, ?, ?, ?, ?)",
            epoch, now.wallMilliseconds, event, build, job, attempt, data)
        return EventCursor(epoch: epoch, sequence: database.lastInsertedRow)
    }
}

/// The kinds of event rows.
public enum EventKind: String, Sendable {
    case buildSubmitted = "build.submitted"
    case buildStarted = "build.started"
    /// Its only running job went back to the queue, or everything was revived.
    case buildPending = "build.pending"
    case buildEnded = "build.ended"
    case buildCancelling = "build.cancelling"
    case buildRevived = "build.revived"
    case paused, resumed
    case jobReady = "job.ready"
    case jobStarted = "job.started"
    case jobDelayed = "job.delayed"
    /// Waits for the end of an identical job.
    case jobShared = "job.shared"
    case jobEnded = "job.ended"
    case jobCancelling = "job.cancelling"
    case jobRevived = "job.revived"
    case attemptEnded = "attempt.ended"
    /// It was built again, to see whether the result is the same.
    case jobVerified = "job.verified"
    case staleReport = "stale_report"
    case runnerStarted = "runner.started"
    case runnerEnded = "runner.ended"
    case collected = "gc"
}

/// What a transaction did that matters at its commit and after it.
final class TransactionEffects {
    /// A build has ended, and people may be told: its end must be on the disk first.
    var endsBuild = false
    /// What has ended, for those who want to be told of it.
    var ended: [EndedWork] = []
}

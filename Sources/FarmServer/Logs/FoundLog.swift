import FarmAPI
import FarmModel
import FarmStore

/// The log that somebody means.
struct FoundLog: Sendable {
    /// The job that was asked for.
    var target: JobRecord
    /// The job whose log it is: another one if that ran in its stead.
    var job: JobRecord
    /// The attempt, from 1; it may not have begun.
    var number: Int
    /// Whether just this attempt is meant, not the newest one.
    var isPinned: Bool

    /// Names a log.
    init(target: JobRecord, job: JobRecord, number: Int, isPinned: Bool) {
        self.target = target
        self.job = job
        self.number = number
        self.isPinned = isPinned
    }

    /// The log of a job: of its newest attempt, or of the one with a number.
    init(_ job: JobID, attempt number: Int?, in store: Store) throws(FarmError) {
        target = try store.job(job)
        self.job = try store.jobWithLog(of: target)
        self.number = number ?? max(1, self.job.attempts)
        isPinned = number != nil
    }

    /// The log of an attempt.
    init(_ attempt: AttemptID, in store: Store) throws(FarmError) {
        let record = try store.attempt(attempt)
        target = try store.job(record.job)
        job = target
        number = record.number
        isPinned = true
    }

    var name: LogName { LogName(job.build, job.id, attempt: number) }

    /// Whether the attempt was claimed.
    var hasBegun: Bool { job.attempts >= number }

    /// Whether nothing more comes to the log.
    var hasEnded: Bool { hasBegun && (job.state != .running || job.attempts > number) }

    /// Whether no further attempt follows either.
    var isDone: Bool { target.state.isTerminal || (isPinned && hasEnded) }

    /// Its attempt; nil if it has not begun.
    func attempt(in store: Store) throws(FarmError) -> AttemptRecord? {
        try store.attempts(of: job.id).first { $0.number == number }
    }

    /// - Throws: 404 if the attempt has not begun.
    func requireBegun() throws(Problem) {
        if job.attempts == 0 { throw Problem(404, "no_log", MissingLog.reason(job)) }
        if !hasBegun { throw Problem(404, "no_log", MissingLog.reason(job, beyond: number)) }
    }

    /// Why there is no file; nil where it is just empty.
    func absence(_ attempt: AttemptRecord?) -> Problem? {
        guard attempt?.state != .running, let reason = MissingLog.reason(job, attempt: number, attempt) else { return nil }
        return attempt?.logBytes == nil ? Problem(404, "no_log", reason) : Problem(410, "log_removed", reason)
    }
}

public import FarmModel

/// Why there is no log: one sentence each, wherever it is asked for.
public enum MissingLog {
    /// Why an attempt has no log; nil where it printed nothing, so that nothing is missing. `attempt` is its record.
    public static func reason(_ job: JobRecord, attempt number: Int, _ attempt: AttemptRecord?) -> String? {
        let name = "\(job.id) (\(job.identity)), attempt \(number)"
        switch attempt?.logBytes {
        case .some(0): return nil
        case .some(let bytes): return "\(name): its log of \(SizeText.text(bytes: bytes)) was removed"
        case nil: return "\(name): no log; it ended before it printed, or its log was removed"
        }
    }

    /// Why a job that was never attempted has no log.
    public static func reason(_ job: JobRecord) -> String {
        let name = "\(job.id) (\(job.identity))"
        switch job.state {
        case .success: return "\(name) is unchanged since a job that was removed, so there is no log"
        case .skipped, .cancelled, .failed:
            return "\(name) was \(job.state == .failed ? "refused" : job.state.rawValue) before it started: there is no log"
        case .pending, .running: return "\(name) is \(job.state.rawValue) and has not started: there is no log yet; -f waits for it"
        }
    }

    /// Why a job has no attempt of a number.
    public static func reason(_ job: JobRecord, beyond number: Int) -> String {
        "\(job.id) (\(job.identity)) has had \(job.attempts) of \(number) attempts; see bf-status \(job.id)"
    }
}

extension FarmReading {
    /// The job whose log tells of a job: another one if that was run in its stead, or is about to be.
    public func jobWithLog(of job: JobRecord) throws(FarmError) -> JobRecord {
        guard let other = job.sameAs, job.isUnchanged || job.state == .pending || job.attempts == 0 else { return job }
        do throws(FarmError) { return try self.job(other) } catch {
            // It may be gone with its build.
            guard error.status == .noInput else { throw error }
            return job
        }
    }
}

public import FarmModel
internal import HostSystem

extension Store {
    /// Records what building a job again came to, durably. Nothing else of the job changes.
    public func record(_ verification: VerificationRecord) throws(FarmError) {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let id: AttemptID = try transaction.allot(in: "verifications")
            try transaction.database.run(
                """
                INSERT INTO verifications(id, action, job, build, attempt, verdict, class, message, rebuilt_digest, difference_count,
                    differences, variations, log, report, ended_ms, duration_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, id, verification.action.rawValue, verification.job, verification.build, verification.attempt,
                verification.verdict.rawValue, verification.failure?.rawValue, verification.message, verification.rebuiltTree,
                verification.differenceCount, JSONValue.array(verification.differences.map { .object($0.json) }).text,
                verification.variations,
                verification.log, verification.report, verification.endedMilliseconds, verification.durationMilliseconds)
            try transaction.record(
                .jobVerified, build: verification.build, job: verification.job, attempt: verification.attempt,
                data: ["type": .string(verification.action.rawValue), "verdict": .string(verification.verdict.rawValue)])
        }
    }

    /// What the newest `bf-run verify` of a job came to; nil if there was none.
    public func newestVerdict(of job: JobID) throws(FarmError) -> VerificationRecord.Verdict? {
        let sql = "SELECT verdict FROM verifications WHERE job = ? AND action = 'verify' ORDER BY id DESC LIMIT 1"
        return try read { database throws(FarmError) in
            try database.first(sql, job) { VerificationRecord.Verdict(rawValue: $0.text(0)) } ?? nil
        }
    }

    /// The successful jobs of a build, in the order of the build.
    public func successfulJobs(of build: BuildID) throws(FarmError) -> [JobID] {
        try read { database throws(FarmError) in
            try database.all("SELECT id FROM jobs WHERE build = ? AND state = 'success' ORDER BY position", build) { $0.identifier(0) }
        }
    }
}

extension StateDirectory {
    /// Where something that belongs to a rebuild of a job is kept, beside the logs of its attempts.
    /// - Parameter suffix: `log` for the bytes that it printed, `idx` for their times, `diff` for what diffoscope says.
    public func rebuildFile(_ build: BuildID, _ job: JobID, _ rebuild: AttemptID, _ suffix: String) -> String {
        logs(build, job) + "/rebuild-\(rebuild).\(suffix)"
    }
}

public import FarmModel
internal import HostSystem

/// A running attempt as those see it who look on.
public struct RunningJob: Sendable, Equatable {
    /// Its job.
    public var job: JobRecord
    /// The attempt's number.
    public var number: Int
    /// When it was claimed, in milliseconds since 1970.
    public var claimedMilliseconds: Int64
    /// The phase it is in, if its log tells.
    public var phase: String?

    /// Describes an attempt.
    public init(job: JobRecord, number: Int, claimedMilliseconds: Int64, phase: String? = nil) {
        self.job = job
        self.number = number
        self.claimedMilliseconds = claimedMilliseconds
        self.phase = phase
    }
}

extension Store {
    /// The running attempts of a build, or of all, the longest running first.
    public func runningJobs(of build: BuildID?, atMost limit: Int) throws(FarmError) -> [RunningJob] {
        let rows = try read { database throws(FarmError) in
            let condition = build == nil ? "1" : "build = ?"
            let values: [any SQLBindable] = build.map { [$0, limit] } ?? [limit]
            let sql = "SELECT job, number, claimed_ms FROM attempts WHERE state = 'running' AND \(condition) ORDER BY claimed_ms LIMIT ?"
            let attempts = try database.all(sql, values: values) { row in
                (job: row.identifier(0) as JobID, number: Int(row.integer(1)), claimed: row.integer(2))
            }
            var running: [RunningJob] = []
            for attempt in attempts {
                let job = try RecordReader(database).job(attempt.job)
                running.append(RunningJob(job: job, number: attempt.number, claimedMilliseconds: attempt.claimed))
            }
            return running
        }
        return rows.map { row in
            var row = row
            row.phase = LogIndex.currentPhase(path: directory.logIndex(row.job.build, row.job.id, attempt: row.number))
            return row
        }
    }

    /// The jobs of a build that failed last, the newest first.
    public func newestFailures(of build: BuildID, atMost limit: Int) throws(FarmError) -> [JobRecord] {
        try read { database throws(FarmError) in
            try RecordReader(database).jobs("WHERE j.build = ? AND j.state = 'failed' ORDER BY j.ended_ms DESC LIMIT ?", [build, limit])
        }
    }
}

extension LogIndex {
    private static let tail: Int64 = 4096

    /// The phase that the end of an index file leaves open; nil if it tells of none.
    static func currentPhase(path: String) -> String? {
        guard let file = try? Files.open(path, [.read, .noFollow]), let size = try? file.status().size,
            let bytes = try? file.read(atMost: Int(tail), at: max(0, size - tail))
        else { return nil }
        for line in bytes.split(separator: UInt8(ascii: "\n")).reversed() {
            switch LogMark(parsing: line)?.kind {
            case .phaseStart(let name): return name
            case .phaseEnd: return nil
            case .head, .time, nil: continue
            }
        }
        return nil
    }
}

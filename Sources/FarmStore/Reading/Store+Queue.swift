public import FarmModel

/// A pending job, and what it waits for as far as the store knows.
public struct QueuedJob: Sendable, Equatable {
    /// What stands between a job and a runner.
    public enum Wait: Sendable, Equatable {
        /// A runner.
        case runner
        /// Jobs that have not ended: how many, and the first of them.
        case needs(count: Int, first: [String])
        /// A time, in milliseconds since 1970; nil if it cannot be told.
        case time(Int64?)
        /// Whoever paused the build.
        case resume
        /// The end of an identical job.
        case twin(JobID?)
    }

    /// The job.
    public var job: JobRecord
    /// Its place among the jobs that wait for nothing but a runner, from 1.
    public var position: Int?
    /// What it waits for.
    public var wait: Wait
}

extension Store {
    /// The pending jobs: first those that a runner could take, in the order in which runners take them, then the others by build.
    public func queue(atMost limit: Int) throws(FarmError) -> [QueuedJob] {
        try read { database throws(FarmError) in
            let reader = QueueReader(database: database, limit: limit)
            let ready = try reader.ready()
            return try ready + reader.waiting(atMost: limit - ready.count)
        }
    }
}

private struct QueueReader {
    let database: Connection
    let limit: Int

    private static let shownNeeds = 3

    func ready() throws(FarmError) -> [QueuedJob] {
        var best: [(order: (Int64, Double, Int64), id: Int64)] = []
        // Each requirement has an ordered index of its own; one query over all would sort the whole queue.
        for requirement in try database.all("SELECT id FROM requirements", map: { $0.integer(0) }) {
            best += try database.all(
                """
                SELECT id, priority, score FROM jobs WHERE queue = 1 AND requirement = ? ORDER BY priority DESC, score DESC, id LIMIT ?
                """, requirement, limit
            ) { row in ((-row.integer(1), -row.real(2), row.integer(0)), row.integer(0)) }
        }
        best.sort { $0.order < $1.order }
        var queued: [QueuedJob] = []
        for (index, entry) in best.prefix(limit).enumerated() {
            let job = try RecordReader(database).job(JobID(entry.id))
            queued.append(QueuedJob(job: job, position: index + 1, wait: .runner))
        }
        return queued
    }

    func waiting(atMost limit: Int) throws(FarmError) -> [QueuedJob] {
        guard limit > 0 else { return [] }
        let condition = "build IN (SELECT id FROM builds WHERE ended_ms IS NULL) AND queue IN (0, 2, 3, 4)"
        let rows = try database.all("SELECT id, queue FROM jobs WHERE \(condition) ORDER BY build, position LIMIT ?", limit) { row in
            (id: row.identifier(0) as JobID, state: row.integer(1))
        }
        var queued: [QueuedJob] = []
        for row in rows {
            let job = try RecordReader(database).job(row.id)
            queued.append(QueuedJob(job: job, position: nil, wait: try wait(of: job, QueueState(rawValue: row.state))))
        }
        return queued
    }

    private func wait(of job: JobRecord, _ state: QueueState?) throws(FarmError) -> QueuedJob.Wait {
        switch state {
        case .dependency:
            let names = try database.all(
                """
                SELECT n.name FROM edges e JOIN jobs n ON n.id = e.need WHERE e.job = ? AND n.state IN ('pending', 'running')
                ORDER BY n.state DESC, n.position
                """, job.id
            ) { $0.text(0) }
            return .needs(count: names.count, first: Array(names.prefix(Self.shownNeeds)))
        case .delayed: return .time(job.dueMilliseconds)
        case .paused: return .resume
        case .shared: return .twin(job.sameAs)
        case .ready, nil: return .runner
        }
    }
}

public import FarmModel

/// A pending job with its place in the queue.
public struct QueuedJob: Sendable, Equatable {
    /// The job.
    public var job: JobRecord
    /// Its place among the jobs that wait for nothing but a runner, from 1.
    public var position: Int?

    /// Places a job.
    public init(job: JobRecord, position: Int?) {
        self.job = job
        self.position = position
    }
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
            queued.append(QueuedJob(job: job, position: index + 1))
        }
        return queued
    }

    func waiting(atMost limit: Int) throws(FarmError) -> [QueuedJob] {
        guard limit > 0 else { return [] }
        let condition = "build IN (SELECT id FROM builds WHERE ended_ms IS NULL) AND queue IN (0, 2, 3, 4)"
        let ids: [JobID] = try database.all("SELECT id FROM jobs WHERE \(condition) ORDER BY build, position LIMIT ?", limit) {
            $0.identifier(0)
        }
        var queued: [QueuedJob] = []
        for id in ids { queued.append(QueuedJob(job: try RecordReader(database).job(id), position: nil)) }
        return queued
    }
}

extension QueuedJob {
    /// The `job` record with its place in the queue and why it waits.
    public func record(_ reason: WaitReason?) -> JSONObject {
        var object = job.json
        object.add("position", position.map { Int64($0) })
        object.add("waits_for", reason?.code.rawValue)
        let needs = reason?.facts["needs"]?.array?.compactMap { $0["name"] } ?? []
        if !needs.isEmpty { object.add("needs", .array(needs)) }
        return object
    }
}

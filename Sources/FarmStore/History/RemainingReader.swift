import FarmModel

/// Reads what is left of a build.
struct RemainingReader {
    let database: Connection
    let build: BuildID
    let now: Moment

    /// The jobs that have not ended, in the order of the documents, which is that of their ids.
    struct Rest: Sendable {
        var jobs: [RemainingWork.Job] = []
        var rows: [OpenJob] = []

        /// The position of a job; nil if it has ended.
        func position(of job: JobID) -> Int? {
            var range = rows.indices
            while !range.isEmpty {
                let middle = range.lowerBound + range.count / 2
                if rows[middle].id == job { return middle }
                range = rows[middle].id < job ? middle + 1..<range.upperBound : range.lowerBound..<middle
            }
            return nil
        }
    }

    /// A job that has not ended, as the database has it: a large build has many of them, and few are named.
    struct OpenJob: Sendable {
        var id: JobID
        var name: String
        var architecture: String
        var cell: String

        var identity: JobIdentity { StoredIdentity.read(name: name, architecture: architecture, cell: cell) }
    }

    /// How many jobs run at once, and for how long others are in the way; nil if nobody works.
    func slots() throws(FarmError) -> (count: Int, occupied: [Int64])? {
        let sql = "SELECT sum(slots) FROM runners WHERE ended_ms IS NULL AND state = 'active' AND paused IS NULL"
        let count = Int(try database.first(sql) { $0.integer(0) } ?? 0)
        let isPaused = try database.first("SELECT 1 FROM meta WHERE name = 'paused'") { _ in true } ?? false
        guard count > 0, !isPaused else { return nil }
        return (count, try occupied())
    }

    /// How long the running jobs of other builds still take; those never built before are taken to end now.
    private func occupied() throws(FarmError) -> [Int64] {
        var occupied: [Int64] = []
        for attempt in try running() where attempt.build != build {
            let job = try RecordReader(database).job(attempt.job).identity
            let estimate = try DurationReader(database, isolation: attempt.isolation).estimate(job)
            occupied.append(estimate?.remaining(after: attempt.elapsed).median ?? 0)
        }
        return occupied
    }

    /// A running attempt.
    private struct Running {
        var job: JobID
        var build: BuildID
        var elapsed: Int64
        var isolation: String
    }

    /// All running attempts, by their index: the runners are few.
    private func running() throws(FarmError) -> [Running] {
        try database.all("SELECT job, build, claimed_ms, isolation FROM attempts WHERE state = 'running'") { row in
            Running(
                job: row.identifier(0), build: row.identifier(1), elapsed: max(0, now.wallMilliseconds - row.integer(2)),
                isolation: row.text(3))
        }
    }

    private static let isOpen = "state IN ('pending', 'running')"

    /// - Parameter estimates: What was read before of jobs of the same build; what is read now comes to it.
    func rest(_ estimates: inout [JobID: DurationEstimate?]) throws(FarmError) -> Rest {
        let running = try running().filter { $0.build == build }
        let elapsed = Dictionary(running.map { ($0.job, $0.elapsed) }) { first, _ in first }
        let newest = try newestIsolation()
        let reader = try DurationReader(database, isolation: running.first?.isolation ?? newest)
        var rest = Rest()
        let sql = "SELECT id, name, architecture, cell, recipe FROM jobs WHERE build = ? AND \(Self.isOpen) ORDER BY position"
        let rows = try database.all(sql, build) { row in
            (job: OpenJob(id: row.identifier(0), name: row.text(1), architecture: row.text(2), cell: row.text(3)), recipe: row.text(4))
        }
        for (job, recipe) in rows {
            let estimate: DurationEstimate?
            if let known = estimates[job.id] {
                estimate = known
            } else {
                estimate = try reader.estimate(name: job.name, architecture: job.architecture, cell: job.cell)
                estimates[job.id] = .some(estimate)
            }
            rest.jobs.append(RemainingWork.Job(estimate: estimate, recipe: recipe, elapsedMilliseconds: elapsed[job.id]))
            rest.rows.append(job)
        }
        try addNeeds(to: &rest)
        return rest
    }

    private func addNeeds(to rest: inout Rest) throws(FarmError) {
        let sql = "SELECT e.job, e.need FROM jobs j JOIN edges e ON e.job = j.id WHERE j.build = ? AND j.state = 'pending'"
        let edges = try database.all(sql, build) { ($0.identifier(0) as JobID, $0.identifier(1) as JobID) }
        for (job, need) in edges {
            if let job = rest.position(of: job), let need = rest.position(of: need) { rest.jobs[job].needs.append(need) }
        }
    }

    /// How the newest attempt of all was isolated: the next ones probably will be, too.
    private func newestIsolation() throws(FarmError) -> String? {
        try database.first("SELECT isolation FROM attempts ORDER BY id DESC LIMIT 1") { $0.text(0) }
    }
}

public import FarmModel

/// Says when a build will be done. Keeps what was read of the past: whoever looks on asks often.
public struct Forecaster {
    private let store: Store
    private let build: BuildID
    private var estimates: [JobID: DurationEstimate?] = [:]

    /// The most jobs of the critical path that are named.
    private static let namedJobs = 50

    /// Prepares forecasts of a build.
    public init(store: Store, build: BuildID) {
        self.store = store
        self.build = build
    }

    /// When the build will be done; nil if that cannot be told: it has ended, is paused or being cancelled, none of its jobs was ever built, or no
    /// runner is at work.
    public mutating func forecast(_ record: BuildRecord) throws(FarmError) -> BuildForecast? {
        guard !record.state.isTerminal, record.paused == nil, !record.isCancelling else { return nil }
        let known = estimates
        let now = store.clock()
        let reading = try store.read { database throws(FarmError) in
            let reader = RemainingReader(database: database, build: build, now: now)
            return Reading(slots: try reader.slots(), rest: try reader.rest(known: known))
        }
        estimates = reading.rest.estimates
        guard let (slots, occupied) = reading.slots else { return nil }
        let delay = max(0, (record.notBeforeMilliseconds ?? 0) - now.wallMilliseconds)
        let work = RemainingWork(jobs: reading.rest.jobs, slots: slots, occupied: occupied, delayMilliseconds: delay)
        guard let forecast = Forecast(work) else { return nil }
        return BuildForecast(
            endMilliseconds: now.wallMilliseconds + forecast.endMilliseconds,
            ninetiethMilliseconds: now.wallMilliseconds + forecast.ninetiethMilliseconds, unknown: forecast.unknown,
            criticalPath: forecast.criticalPath.prefix(Self.namedJobs).map { reading.rest.identities[$0].description })
    }

    private struct Reading: Sendable {
        var slots: (count: Int, occupied: [Int64])?
        var rest: RemainingReader.Rest
    }
}

/// Reads what is left of a build.
struct RemainingReader {
    let database: Connection
    let build: BuildID
    let now: Moment

    /// The jobs that have not ended.
    struct Rest: Sendable {
        var jobs: [RemainingWork.Job] = []
        var identities: [JobIdentity] = []
        var estimates: [JobID: DurationEstimate?] = [:]
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
        let running = try database.all("\(Self.runningColumns) AND a.build <> ?", build) { row in
            (Running(row, now), StoredIdentity.read(name: row.text(3), architecture: row.text(4), cell: row.text(5)))
        }
        let reader = DurationReader(database: database)
        var occupied: [Int64] = []
        for (attempt, identity) in running {
            let estimate = try reader.estimate(identity, isolation: attempt.isolation)
            occupied.append(estimate?.remaining(after: attempt.elapsed).median ?? 0)
        }
        return occupied
    }

    /// A running attempt.
    private struct Running {
        var job: JobID
        var elapsed: Int64
        var isolation: String

        init(_ row: Row, _ now: Moment) {
            job = row.identifier(0)
            elapsed = max(0, now.wallMilliseconds - row.integer(1))
            isolation = row.text(2)
        }
    }

    /// By the index over running attempts: the runners are few.
    private static let runningColumns = """
        SELECT a.job, a.claimed_ms, a.isolation, j.name, j.architecture, j.cell FROM attempts a JOIN jobs j ON j.id = a.job
        WHERE a.state = 'running'
        """

    private static let openStates = "state IN ('pending', 'running')"

    /// - Parameter known: What was read before of jobs of the same build.
    func rest(known: [JobID: DurationEstimate?]) throws(FarmError) -> Rest {
        let running = try database.all("\(Self.runningColumns) AND a.build = ?", build) { Running($0, now) }
        let elapsed = Dictionary(running.map { ($0.job, $0.elapsed) }) { first, _ in first }
        let newest = try newestIsolation()
        let isolation = running.first?.isolation ?? newest
        let reader = DurationReader(database: database)
        let hasHistory = try reader.hasHistory()
        var rest = Rest(estimates: known)
        var positions: [JobID: Int] = [:]
        let rows = try database.all(
            "SELECT id, name, architecture, cell, recipe FROM jobs WHERE build = ? AND \(Self.openStates) ORDER BY position", build
        ) { row in
            (
                job: row.identifier(0) as JobID,
                identity: StoredIdentity.read(name: row.text(1), architecture: row.text(2), cell: row.text(3)), recipe: row.text(4)
            )
        }
        for (position, row) in rows.enumerated() {
            positions[row.job] = position
            let estimate: DurationEstimate?
            if let read = known[row.job] {
                estimate = read
            } else {
                estimate = hasHistory ? try reader.estimate(row.identity, isolation: isolation) : nil
                rest.estimates[row.job] = .some(estimate)
            }
            rest.jobs.append(RemainingWork.Job(estimate: estimate, recipe: row.recipe, elapsedMilliseconds: elapsed[row.job]))
            rest.identities.append(row.identity)
        }
        try addNeeds(to: &rest, positions)
        return rest
    }

    private func addNeeds(to rest: inout Rest, _ positions: [JobID: Int]) throws(FarmError) {
        let sql = """
            SELECT e.job, e.need FROM jobs j JOIN edges e ON e.job = j.id JOIN jobs n ON n.id = e.need
            WHERE j.build = ? AND j.state = 'pending' AND n.\(Self.openStates)
            """
        for edge in try database.all(sql, build, map: { ($0.identifier(0) as JobID, $0.identifier(1) as JobID) }) {
            if let job = positions[edge.0], let need = positions[edge.1] { rest.jobs[job].needs.append(need) }
        }
    }

    /// How the newest attempt of all was isolated: the next ones probably will be, too.
    private func newestIsolation() throws(FarmError) -> String? {
        try database.first("SELECT isolation FROM attempts ORDER BY id DESC LIMIT 1") { $0.text(0) }
    }
}

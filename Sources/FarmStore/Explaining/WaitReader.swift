import FarmModel
import HostSystem

/// Reads why jobs do not run: the codes from the dispatcher's rule, the facts from the rows around them.
struct WaitReader {
    private let database: Connection
    private let directory: StateDirectory
    private let runners: RunnersAtWork
    private let now: Moment

    /// The most needs that are named.
    private static let shownNeeds = 20
    /// Jobs before one are counted up to this number.
    private static let countedAhead = 100_000

    init(_ database: Connection, _ directory: StateDirectory, now: Moment) throws(FarmError) {
        self.database = database
        self.directory = directory
        self.now = now
        runners = try RunnersAtWork(database, now: now)
    }

    /// A job that has not ended, as its row has it.
    struct Row {
        var id: JobID
        var build: BuildID
        var state: JobState
        var queue: QueueState?
        var requirement: Requirement
        var requirementRow: Int64
        var due: (milliseconds: Int64, boot: String)?
        var isCancelling: Bool
        var cancelled: Int64?
        var twin: JobID?
        var attempts: Int
        var priority: Int64
        var score: Double
        var attempt: AttemptID?
        var runner: RunnerID?
    }

    func rows(_ condition: String, _ values: [any SQLBindable]) throws(FarmError) -> [Row] {
        let sql = """
            SELECT j.id, j.build, j.state, j.queue, q.architecture, q.labels, q.environment, j.requirement, j.due_ms, j.due_boot, j.cancel_ms, j.shared_with,
                j.attempts, j.priority, j.score, a.id, a.runner
            FROM jobs j JOIN requirements q ON q.id = j.requirement
            LEFT JOIN attempts a ON j.state = 'running' AND a.job = j.id AND a.state = 'running'
            WHERE j.ended_ms IS NULL AND \(condition)
            """
        return try database.all(sql, values: values) { row in
            let labels = row.text(5).split(separator: ",").map(String.init)
            return Row(
                id: row.identifier(0), build: row.identifier(1), state: JobState(rawValue: row.text(2)) ?? .pending,
                queue: row.integerIfAny(3).flatMap(QueueState.init(rawValue:)),
                requirement: Requirement(
                    architecture: Architecture(row.text(4)) ?? .noarch, labels: labels,
                    environment: EnvironmentKind(rawValue: row.text(6)) ?? .host),
                requirementRow: row.integer(7),
                due: row.integerIfAny(8).map { ($0, row.text(9)) }, isCancelling: !row.isNull(10), cancelled: row.integerIfAny(10),
                twin: row.identifierIfAny(11), attempts: Int(row.integer(12)), priority: row.integer(13), score: row.real(14),
                attempt: row.identifierIfAny(15), runner: row.identifierIfAny(16))
        }
    }

    /// The codes of a job, the primary one first; empty for one that is at work.
    func codes(of row: Row) -> [WaitCode] {
        let job = DispatchJob(gate: gate(of: row), requirement: row.requirement, place: (row.id, row.build))
        let codes = Dispatch.codes(job, on: runners.states, isFarmPaused: runners.farmPause != nil)
        return codes.isEmpty && row.state == .pending ? [.starting] : codes
    }

    private func gate(of row: Row) -> DispatchJob.Gate {
        guard row.state == .pending else {
            if row.runner.map(runners.dead.contains) ?? true { return .recovering }
            if row.isCancelling { return .cancelling }
            return row.attempt.map(hasProcess) ?? false ? .running : .starting
        }
        switch row.queue {
        case .dependency: return .dependency
        case .shared: return .shared
        case .paused: return .paused
        case .delayed where isDue(row): return .open
        case .delayed: return row.due?.boot.isEmpty ?? false ? .notBefore : .backoff
        case .ready, nil: return .open
        }
    }

    private func isDue(_ row: Row) -> Bool {
        guard let due = row.due else { return true }
        if due.boot.isEmpty { return due.milliseconds <= now.wallMilliseconds }
        return due.boot != now.bootIdentifier || due.milliseconds <= now.bootMilliseconds
    }

    private func hasProcess(_ attempt: AttemptID) -> Bool {
        ((try? Files.statusIfPresent(directory.attemptProcess(attempt))) ?? nil) != nil
    }

    /// The facts behind the codes of a job.
    func facts(of row: Row, _ codes: [WaitCode]) throws(FarmError) -> WaitFacts {
        var facts = WaitFacts(job: row.id, build: row.build)
        facts.attempts = row.attempts
        facts.twin = row.twin
        facts.cancelledMilliseconds = row.cancelled
        facts.dueMilliseconds = row.due.map { due in
            due.boot.isEmpty ? due.milliseconds : now.wallMilliseconds + due.milliseconds - now.bootMilliseconds
        }
        if codes.contains(.dependency) { try addNeeds(&facts) }
        if codes.contains(.paused) { try addPause(row, &facts) }
        if codes.contains(.backoff) { facts.failure = try newestFailure(of: row.id) }
        addRunners(row, codes, &facts)
        if codes.contains(.backendFull) { facts.ahead = try ahead(of: row) }
        return facts
    }

    private func addNeeds(_ facts: inout WaitFacts) throws(FarmError) {
        let needs = try database.all(
            """
            SELECT n.id, n.name, n.architecture, n.cell, n.state FROM edges e JOIN jobs n ON n.id = e.need
            WHERE e.job = ? AND n.ended_ms IS NULL ORDER BY n.state DESC, n.queue DESC, n.position
            """, facts.job
        ) { row in
            let identity = StoredIdentity.read(name: row.text(1), architecture: row.text(2), cell: row.text(3))
            return WaitFacts.Need(job: row.identifier(0), name: identity.description, state: JobState(rawValue: row.text(4)) ?? .pending)
        }
        facts.needs = Array(needs.prefix(Self.shownNeeds))
        facts.needCount = needs.count
    }

    private func addPause(_ row: Row, _ facts: inout WaitFacts) throws(FarmError) {
        let build = try database.first("SELECT paused FROM builds WHERE id = ?", row.build) { $0.object(0) } ?? nil
        if let build {
            (facts.paused, facts.pause) = (row.build.description, build)
        } else if let farm = runners.farmPause {
            (facts.paused, facts.pause) = ("all", farm)
        } else if let runner = runners.alive.first(where: { $0.pause != nil }) {
            (facts.paused, facts.pause) = (runner.id.description, runner.pause)
        }
    }

    private func newestFailure(of job: JobID) throws(FarmError) -> FailureClass? {
        try database.first("SELECT class FROM attempts WHERE job = ? ORDER BY number DESC LIMIT 1", job) { row in
            row.textIfAny(0).flatMap(FailureClass.init(rawValue:))
        } ?? nil
    }

    private func addRunners(_ row: Row, _ codes: [WaitCode], _ facts: inout WaitFacts) {
        if let runner = row.runner {
            facts.runners = [runner]
            return
        }
        let able = runners.alive.filter { $0.state.abilities.lacks(row.requirement).isEmpty }
        facts.runners = (able.isEmpty ? runners.alive : able).map(\.id)
        let backends = runners.backends.filter { $0.state.abilities.lacks(row.requirement).isEmpty }
        facts.backends = Set(backends.compactMap(\.address)).sorted()
        let places = able.map(\.state) + Dictionary(backends.map { ($0.address ?? "", $0.state) }) { first, _ in first }.values
        facts.load = (places.reduce(0) { $0 + $1.running }, places.reduce(0) { $0 + $1.slots })
        facts.pressure = able.first { !$0.pressure.isEmpty }?.pressure ?? []
        guard codes.contains(.unsatisfiable) else { return }
        facts.missing = runners.states.map { $0.abilities.lacks(row.requirement) }.min { $0.count < $1.count } ?? []
    }

    private func ahead(of row: Row) throws(FarmError) -> Int {
        let sql = """
            SELECT count(*) FROM (SELECT 1 FROM jobs WHERE queue = 1 AND requirement = ?1
                AND (priority > ?2 OR (priority = ?2 AND (score > ?3 OR (score = ?3 AND id < ?4)))) LIMIT \(Self.countedAhead))
            """
        return try database.first(sql, row.requirementRow, row.priority, row.score, row.id) { Int($0.integer(0)) } ?? 0
    }
}

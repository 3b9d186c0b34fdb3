import FarmModel

@testable import FarmStore

/// Everything that the rules of the queue speak of, as the database has it.
struct FarmSnapshot: Equatable, Sendable {
    struct Build: Equatable, Sendable {
        var state: BuildState
        var tally: BuildTally
        var isEnded: Bool
        var isPaused: Bool
        var notBefore: Int64?
    }

    struct Job: Equatable, Sendable {
        var id: JobID
        var build: BuildID
        var state: JobState
        var queue: Int64?
        var waiting: Int64
        var due: Int64?
        var dueBoot: String?
        var attempts: Int64
        var priority: Int64
        var score: Double
        var root: JobID?
        var via: JobID?
        var isCancelling: Bool
        var isEnded: Bool
        var hasTree: Bool
    }

    struct Attempt: Equatable, Sendable {
        var id: AttemptID
        var job: JobID
        var number: Int64
        var state: AttemptState
        var isEnded: Bool
        /// Every column, so that any later change shows.
        var row: String
    }

    struct Edge: Equatable, Sendable {
        var need: JobID
        var isOptional: Bool
    }

    struct Event: Equatable, Sendable {
        var kind: EventKind?
        var build: BuildID?
        var job: JobID?
    }

    var builds: [BuildID: Build] = [:]
    var jobs: [JobID: Job] = [:]
    var attempts: [AttemptID: Attempt] = [:]
    var needs: [JobID: [Edge]] = [:]
    var isPaused = false

    init(_ database: Connection) throws(FarmError) {
        let builds = try database.all(
            "SELECT id, state, ended_ms IS NOT NULL, paused IS NOT NULL, not_before_ms, \(BuildTally.columns) FROM builds"
        ) {
            (
                $0.identifier(0) as BuildID,
                Build(
                    state: BuildState(rawValue: $0.text(1)) ?? .pending, tally: BuildTally($0, from: 5), isEnded: $0.flag(2),
                    isPaused: $0.flag(3), notBefore: $0.integerIfAny(4))
            )
        }
        for (id, build) in builds { self.builds[id] = build }
        let jobs = try database.all(
            """
            SELECT id, build, state, queue, waiting, due_ms, due_boot, attempts, priority, score, root, via, cancel_ms IS NOT NULL,
                ended_ms IS NOT NULL, tree IS NOT NULL FROM jobs
            """
        ) {
            Job(
                id: $0.identifier(0), build: $0.identifier(1), state: JobState(rawValue: $0.text(2)) ?? .pending,
                queue: $0.integerIfAny(3), waiting: $0.integer(4), due: $0.integerIfAny(5), dueBoot: $0.textIfAny(6),
                attempts: $0.integer(7), priority: $0.integer(8), score: $0.real(9), root: $0.identifierIfAny(10),
                via: $0.identifierIfAny(11), isCancelling: $0.flag(12), isEnded: $0.flag(13), hasTree: $0.flag(14))
        }
        for job in jobs { self.jobs[job.id] = job }
        let attempts = try database.all(
            """
            SELECT id, job, number, state, ended_ms IS NOT NULL,
                json_array(id, job, number, state, class, message, runner, hex(token), claimed_ms, ended_ms, duration_ms, exit_code, facts)
            FROM attempts
            """
        ) {
            Attempt(
                id: $0.identifier(0), job: $0.identifier(1), number: $0.integer(2), state: AttemptState(rawValue: $0.text(3)) ?? .running,
                isEnded: $0.flag(4), row: $0.text(5))
        }
        for attempt in attempts { self.attempts[attempt.id] = attempt }
        let edges = try database.all("SELECT job, need, optional FROM edges") {
            ($0.identifier(0) as JobID, Edge(need: $0.identifier(1), isOptional: $0.flag(2)))
        }
        for (job, edge) in edges { needs[job, default: []].append(edge) }
        isPaused = try database.first("SELECT 1 FROM meta WHERE name = 'paused'") { _ in true } ?? false
    }

    /// The events after a sequence number.
    static func events(after sequence: Int64, in database: Connection) throws(FarmError) -> [Event] {
        try database.all("SELECT kind, build, job FROM events WHERE seq > ?", sequence) {
            Event(kind: EventKind(rawValue: $0.text(0)), build: $0.identifierIfAny(1), job: $0.identifierIfAny(2))
        }
    }

    static func newestEvent(in database: Connection) throws(FarmError) -> Int64 {
        try database.first("SELECT max(seq) FROM events") { $0.integer(0) } ?? 0
    }
}

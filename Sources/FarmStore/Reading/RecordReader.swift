import FarmModel
import HostSystem

/// Turns rows into records.
struct RecordReader {
    private let database: Connection

    init(_ database: Connection) { self.database = database }

    func build(_ id: BuildID) throws(FarmError) -> BuildRecord {
        guard let build = try builds("WHERE id = ?", [id]).first else { throw FarmError(.noInput, "no build \(id); see bf-status") }
        return build
    }

    func builds(_ condition: String, _ values: [any SQLBindable]) throws(FarmError) -> [BuildRecord] {
        let sql = """
            SELECT id, \(BuildTally.columns), owner, key, labels, priority, created_ms, not_before_ms, started_ms, ended_ms,
                cancel_ms IS NOT NULL, paused, dialect FROM builds \(condition)
            """
        return try database.all(sql, values: values) { row in
            var build = BuildRecord(
                id: row.identifier(0), tally: BuildTally(row, from: 1), priority: Int(row.integer(11)), createdMilliseconds: row.integer(12)
            )
            build.owner = row.textIfAny(8)
            build.key = row.textIfAny(9)
            build.labels = row.textIfAny(10).flatMap { (try? JSONParser.parse($0))?.array?.compactMap(\.string) } ?? []
            build.notBeforeMilliseconds = row.integerIfAny(13)
            build.startedMilliseconds = row.integerIfAny(14)
            build.endedMilliseconds = row.integerIfAny(15)
            build.isCancelling = row.flag(16) && !build.state.isTerminal
            build.paused = row.object(17)
            build.dialect = row.text(18)
            return build
        }
    }

    func job(_ id: JobID) throws(FarmError) -> JobRecord {
        guard let job = try jobs("WHERE j.id = ?", [id]).first else { throw FarmError(.noInput, "no job \(id); see bf-status BUILD") }
        return job
    }

    /// Jobs by their ids, in that order; those that are gone are left out.
    func jobs(_ ids: [JobID]) throws(FarmError) -> [JobRecord] {
        guard !ids.isEmpty else { return [] }
        let numbers = JSONValue.array(ids.map { .int($0.number) }).text
        let found = try jobs("WHERE j.id IN (SELECT value FROM json_each(?))", [numbers])
        let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { byID[$0] }
    }

    func jobs(_ condition: String, _ values: [any SQLBindable]) throws(FarmError) -> [JobRecord] {
        let sql = """
            SELECT j.id, j.build, j.name, j.architecture, j.cell, j.version, j.state, j.class, j.message, j.attempts, j.unchanged,
                j.cancel_ms IS NOT NULL, j.root, j.via, t.digest, j.plan_digest, j.input_digest, j.started_ms, j.ended_ms, j.due_ms, j.due_boot,
                j.shared_with, j.remembered_until_ms
            FROM jobs j LEFT JOIN trees t ON t.id = j.tree \(condition)
            """
        return try database.all(sql, values: values) { row in
            let identity = StoredIdentity.read(name: row.text(2), architecture: row.text(3), cell: row.text(4))
            var job = JobRecord(id: row.identifier(0), build: row.identifier(1), identity: identity)
            job.version = row.textIfAny(5)
            job.state = JobState(rawValue: row.text(6)) ?? .pending
            job.failure = row.textIfAny(7).flatMap(FailureClass.init(rawValue:))
            job.message = row.textIfAny(8)
            job.attempts = Int(row.integer(9))
            job.isUnchanged = row.flag(10)
            job.isCancelling = row.flag(11)
            job.root = row.identifierIfAny(12)
            job.via = row.identifierIfAny(13)
            job.tree = row.digest(14)
            job.planDigest = row.digest(15)
            job.inputDigest = row.digest(16)
            job.startedMilliseconds = row.integerIfAny(17)
            job.endedMilliseconds = row.integerIfAny(18)
            job.dueMilliseconds = row.integerIfAny(19).flatMap { Self.wallTime($0, boot: row.text(20)) }
            job.sameAs = row.identifierIfAny(21)
            job.rememberedUntilMilliseconds = row.integerIfAny(22)
            return job
        }
    }

    /// A due time as people read it: one by the boot clock means nothing to them, and nothing at all after that boot.
    private static func wallTime(_ due: Int64, boot: String) -> Int64? {
        if boot.isEmpty { return due }
        return boot == Clock.bootIdentifier ? Clock.wallMilliseconds + due - Clock.boottimeMilliseconds : nil
    }

    func attempt(_ id: AttemptID) throws(FarmError) -> AttemptRecord {
        guard let attempt = try attempts("WHERE id = ?", [id]).first else {
            throw FarmError(.noInput, "no attempt \(id); see bf-status JOB")
        }
        return attempt
    }

    func attempts(_ condition: String, _ values: [any SQLBindable]) throws(FarmError) -> [AttemptRecord] {
        let sql = """
            SELECT id, job, build, number, runner, isolation, claimed_ms, state, class, message, ended_ms, duration_ms, exit_code, signal,
                log_bytes, facts, input_digest, backend FROM attempts \(condition)
            """
        return try database.all(sql, values: values) { row in
            var attempt = AttemptRecord(
                id: row.identifier(0), job: row.identifier(1), build: row.identifier(2), number: Int(row.integer(3)),
                runner: row.identifier(4), isolation: row.text(5), claimedMilliseconds: row.integer(6))
            attempt.state = AttemptState(rawValue: row.text(7)) ?? .running
            attempt.failure = row.textIfAny(8).flatMap(FailureClass.init(rawValue:))
            attempt.message = row.textIfAny(9)
            attempt.endedMilliseconds = row.integerIfAny(10)
            attempt.durationMilliseconds = row.integerIfAny(11)
            attempt.exitCode = row.integerIfAny(12).map { Int($0) }
            attempt.signal = row.integerIfAny(13).map { Int($0) }
            attempt.logBytes = row.integerIfAny(14)
            attempt.facts = row.object(15)
            attempt.inputDigest = row.digest(16)
            attempt.backend = row.textIfAny(17)
            return attempt
        }
    }

    func artifacts(of job: JobID) throws(FarmError) -> [ArtifactRecord] {
        let sql = "SELECT kind, name, version, architecture, path, bytes, digest FROM artifacts WHERE job = ? ORDER BY id"
        return try database.all(sql, job) { row throws(FarmError) in
            guard let digest = row.digest(6) else {
                throw FarmError(.configuration, "an artifact of \(job) has no digest; the database is damaged")
            }
            return ArtifactRecord(
                job: job, kind: row.text(0), name: row.text(1), version: row.textIfAny(2),
                architecture: Architecture(row.text(3)) ?? .noarch, path: row.textIfAny(4), bytes: row.integer(5), digest: digest)
        }
    }

    func runners() throws(FarmError) -> [RunnerRecord] {
        let sql = """
            SELECT r.id, r.pid, r.host, r.slots, r.state, r.paused, r.started_ms,
                (SELECT count(*) FROM attempts a WHERE a.runner = r.id AND a.state = 'running')
            FROM runners r WHERE r.ended_ms IS NULL ORDER BY r.id
            """
        return try database.all(sql) { row in
            RunnerRecord(
                id: row.identifier(0), pid: Int32(row.integer(1)), host: row.text(2), slots: Int(row.integer(3)), state: row.text(4),
                paused: row.object(5), startedMilliseconds: row.integer(6), running: Int(row.integer(7)))
        }
    }
}

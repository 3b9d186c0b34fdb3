public import FarmModel

/// What a runner says of itself when it starts.
public struct RunnerDescription: Sendable {
    /// Its process id.
    public var pid: Int32
    /// The start time of the process in clock ticks, which tells it from a later process with the same id.
    public var processStart: UInt64
    /// Its machine's host name.
    public var host: String
    /// Its command line.
    public var command: String
    /// How many jobs it runs at once.
    public var slots: Int
    /// What it can do.
    public var abilities: RunnerAbilities
    /// What all its attempts have in common, for their records: kernel, versions, variables.
    public var machine: JSONObject
    /// What it gives to the pool; nil if it knows its own machine only.
    public var share: PoolShare?

    /// Creates a description.
    public init(
        pid: Int32, processStart: UInt64, host: String, command: String, slots: Int, abilities: RunnerAbilities = RunnerAbilities(),
        machine: JSONObject = JSONObject()
    ) {
        self.abilities = abilities
        self.pid = pid
        self.processStart = processStart
        self.host = host
        self.command = command
        self.slots = slots
        self.machine = machine
    }
}

/// An attempt whose runner may be dead.
public struct OpenAttempt: Sendable {
    /// The attempt.
    public var attempt: AttemptID
    /// Its token.
    public var token: [UInt8]
    /// Its runner.
    public var runner: RunnerID
    /// Its job's document, for the retry policy.
    public var document: String
    /// The backend that it runs on; nil for the runner's own machine.
    public var backend: String?
}

extension Store {
    /// Makes a runner known and allots its id.
    public func register(_ runner: RunnerDescription) throws(FarmError) -> RunnerID {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            let id: RunnerID = try transaction.allot(in: "runners")
            try transaction.database.run(
                """
                INSERT INTO runners(id, pid, pid_start, boot_id, host, command, slots, state, started_ms, heartbeat_ms, abilities, machine,
                    pool)
                VALUES(?, ?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, ?, ?)
                """, id, Int64(runner.pid), Int64(bitPattern: runner.processStart), transaction.now.bootIdentifier, runner.host,
                runner.command, runner.slots, transaction.now.wallMilliseconds, transaction.now.wallMilliseconds, runner.abilities.json,
                runner.machine, runner.share?.ownSlots)
            try transaction.record(.runnerStarted, data: ["runner": .string(id.description)])
            return id
        }
    }

    /// Notes that a runner takes no more jobs.
    public func markDraining(_ runner: RunnerID) throws(FarmError) {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            _ = try transaction.database.run("UPDATE runners SET state = 'draining' WHERE id = ?", runner)
        }
    }

    /// Notes what a runner's machine is short of, for display only.
    public func notePressure(_ facts: [PressureFact], of runner: RunnerID) throws(FarmError) {
        let text: String? = facts.isEmpty ? nil : JSONValue.array(facts.map { .object($0.json) }).text
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            _ = try transaction.database.run("UPDATE runners SET pressure = ? WHERE id = ?", text, runner)
        }
    }

    /// Notes that a runner is alive, for display only.
    public func heartbeat(_ runner: RunnerID) throws(FarmError) {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            _ = try transaction.database.run(
                "UPDATE runners SET heartbeat_ms = ? WHERE id = ?", transaction.now.wallMilliseconds, runner)
        }
    }

    /// Notes that a runner has ended, or was found dead.
    public func unregister(_ runner: RunnerID) throws(FarmError) {
        try write(.lazy, rings: true) { transaction throws(FarmError) in
            let changed = try transaction.database.run(
                "UPDATE runners SET state = 'ended', ended_ms = ? WHERE id = ? AND ended_ms IS NULL", transaction.now.wallMilliseconds,
                runner)
            if changed == 1 { try transaction.record(.runnerEnded, data: ["runner": .string(runner.description)]) }
        }
    }

    /// True while a runner has not ended, as far as the database knows.
    public func isOpen(_ runner: RunnerID) throws(FarmError) -> Bool {
        try read { database throws(FarmError) in
            try database.first("SELECT 1 FROM runners WHERE id = ? AND ended_ms IS NULL", runner) { _ in true } ?? false
        }
    }

    /// Runners that have not ended, as far as the database knows.
    public func openRunners() throws(FarmError) -> [RunnerID] {
        try read { database throws(FarmError) in
            try database.all("SELECT id FROM runners WHERE ended_ms IS NULL ORDER BY id") { $0.identifier(0) }
        }
    }

    /// The running attempts of a runner.
    public func openAttempts(of runner: RunnerID) throws(FarmError) -> [OpenAttempt] { try openAttempts("a.runner = ?", runner) }

    /// The running attempts of a job: one, or none.
    public func openAttempts(ofJob job: JobID) throws(FarmError) -> [OpenAttempt] { try openAttempts("a.job = ?", job) }

    private func openAttempts(_ condition: String, _ value: any SQLBindable) throws(FarmError) -> [OpenAttempt] {
        let sql = """
            SELECT a.id, a.token, a.runner, d.text, a.backend
            FROM attempts a JOIN documents d ON d.job = a.job WHERE a.state = 'running' AND \(condition)
            """
        return try read { database throws(FarmError) in
            try database.all(sql, value) { row in
                OpenAttempt(
                    attempt: row.identifier(0), token: row.blob(1), runner: row.identifier(2), document: row.text(3),
                    backend: row.textIfAny(4))
            }
        }
    }

    /// The process of a runner: process id, start time and boot id; nil if there is no such runner.
    public func process(of runner: RunnerID) throws(FarmError) -> (pid: Int32, start: UInt64, boot: String)? {
        let found = try read { database throws(FarmError) in
            try database.first("SELECT pid, pid_start, boot_id FROM runners WHERE id = ?", runner) {
                RunnerProcess(pid: Int32($0.integer(0)), start: UInt64(bitPattern: $0.integer(1)), boot: $0.text(2))
            }
        }
        return found.map { ($0.pid, $0.start, $0.boot) }
    }

    private struct RunnerProcess: Sendable {
        var pid: Int32
        var start: UInt64
        var boot: String
    }

    /// True while an attempt has not ended.
    public func isRunning(_ attempt: AttemptID) throws(FarmError) -> Bool {
        try read { database throws(FarmError) in
            try database.first("SELECT 1 FROM attempts WHERE id = ? AND state = 'running'", attempt) { _ in true } ?? false
        }
    }
}

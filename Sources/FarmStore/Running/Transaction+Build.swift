import FarmModel

extension Transaction {
    /// Moves one job of a build from one state to another in the build's counts, and the build's own state with them.
    func move(_ build: BuildID, from old: JobState, to new: JobState, unchanged: Bool = false) throws(FarmError) {
        // Not with RETURNING: SQLite would copy each page that changes, to take back a statement that fails half-way.
        try database.run(
            """
            UPDATE builds SET \(old.rawValue) = \(old.rawValue) - 1, \(new.rawValue) = \(new.rawValue) + 1, unchanged = unchanged + ?
            WHERE id = ?
            """, unchanged, build)
        let row = try database.first("SELECT state, \(BuildTally.columns) FROM builds WHERE id = ?", build) {
            (BuildState(rawValue: $0.text(0)) ?? .pending, BuildTally($0, from: 1))
        }
        guard let (state, tally) = row, tally.state != state else { return }
        try enter(tally.state, build: build, tally: tally)
    }

    /// Stores a build's new state and records the event that belongs to it.
    func enter(_ state: BuildState, build: BuildID, tally: BuildTally) throws(FarmError) {
        let ended: Int64? = state.isTerminal ? now.wallMilliseconds : nil
        try database.run(
            "UPDATE builds SET state = ?, started_ms = coalesce(started_ms, ?), ended_ms = ? WHERE id = ?",
            state.rawValue, now.wallMilliseconds, ended, build)
        if state.isTerminal {
            try database.run("DELETE FROM secrets WHERE build = ?", build)
            effects.endsBuild = true
        }
        let kind: EventKind = state.isTerminal ? .buildEnded : state == .pending ? .buildPending : .buildStarted
        let event = try record(kind, build: build, data: ["state": .string(state.rawValue)])
        if state.isTerminal { effects.ended.append(EndedWork(event: event, build: build)) }
    }
}

extension BuildTally {
    /// The columns that ``init(_:from:)`` reads, in its order.
    static let columns = "pending, running, success, unchanged, failed, skipped, cancelled"

    init(_ row: Row, from first: Int32) {
        self.init()
        pending = Int(row.integer(first))
        running = Int(row.integer(first + 1))
        success = Int(row.integer(first + 2))
        unchanged = Int(row.integer(first + 3))
        failed = Int(row.integer(first + 4))
        skipped = Int(row.integer(first + 5))
        cancelled = Int(row.integer(first + 6))
    }
}

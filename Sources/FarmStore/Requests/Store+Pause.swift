public import FarmModel

/// What can be paused.
public enum PauseTarget: Sendable, Equatable {
    /// All claims of every runner.
    case all
    /// The waiting jobs of one build.
    case build(BuildID)
    /// The claims of one runner.
    case runner(RunnerID)
}

extension Store {
    /// Stops new starts of everything, a build or a runner, durably. Running jobs go on. Pausing again replaces the reason.
    /// - Parameter auditor: Who is named to administrators; nil for nobody.
    public func pause(_ target: PauseTarget, by requester: String, reason: String?, auditor: Requester?) throws(FarmError) {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            try transaction.audit(.pause, by: auditor, of: target)
            var note: JSONObject = [
                "by": .string(requester), "since": .string(Timestamp.format(milliseconds: transaction.now.wallMilliseconds)),
            ]
            note.add("reason", reason)
            try transaction.set(note, on: target)
            if case .build(let build) = target {
                try transaction.database.run("UPDATE jobs SET queue = 3 WHERE build = ? AND queue IN (1, 2)", build)
            }
            try transaction.record(.paused, build: target.build, data: note)
        }
    }

    /// Lets starts go on. Resuming what is not paused changes nothing.
    /// - Parameter auditor: Who is named to administrators; nil for nobody.
    public func resume(_ target: PauseTarget, auditor: Requester?) throws(FarmError) {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            try transaction.audit(.resume, by: auditor, of: target)
            try transaction.set(nil, on: target)
            if case .build(let build) = target { try transaction.requeuePaused(of: build) }
            try transaction.record(.resumed, build: target.build)
        }
    }
}

extension PauseTarget {
    fileprivate var build: BuildID? { if case .build(let id) = self { id } else { nil } }
}

extension Transaction {
    fileprivate func audit(_ action: AuditAction, by requester: Requester?, of target: PauseTarget) throws(FarmError) {
        switch target {
        case .all: if let requester { try audit(action, by: requester) }
        case .build(let build): try audit(action, by: requester, of: Target.build(build))
        case .runner(let runner): try audit(action, by: requester, of: Target.runner(runner))
        }
    }

    fileprivate func set(_ note: JSONObject?, on target: PauseTarget) throws(FarmError) {
        switch target {
        case .all:
            try database.run("DELETE FROM meta WHERE name = 'paused'")
            if let note { try database.run("INSERT INTO meta(name, value) VALUES('paused', ?)", note) }
        case .build(let id):
            _ = try build(id)
            try database.run("UPDATE builds SET paused = ? WHERE id = ?", note, id)
        case .runner(let id):
            let changed = try database.run("UPDATE runners SET paused = ? WHERE id = ? AND ended_ms IS NULL", note, id)
            guard changed == 1 else { throw FarmError(.noInput, "no runner \(id) is running; see bf-status --runners") }
        }
    }

    /// Paused jobs go where they would stand now: delayed if their time is still to come, else ready.
    fileprivate func requeuePaused(of build: BuildID) throws(FarmError) {
        let gate = try buildGate(build)
        try database.run(
            """
            UPDATE jobs SET queue = CASE WHEN due_boot IS NOT NULL THEN 2 ELSE ? END, due_ms = coalesce(due_ms, ?),
                due_boot = CASE WHEN due_boot IS NULL AND ? IS NOT NULL THEN '' ELSE due_boot END, ready_ms = ?
            WHERE build = ? AND queue = 3
            """, gate.queue.rawValue, gate.due, gate.due, now.wallMilliseconds, build)
    }
}

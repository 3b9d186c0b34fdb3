public import FarmModel

/// What is left in a selection when a runner finds nothing to claim.
public struct Outlook: Sendable, Equatable {
    /// Jobs that are ready and that the runner can take; one may have become ready since the last claim.
    public var hasReadyJob: Bool
    /// Attempts that run now, here or elsewhere.
    public var running: Int
    /// Milliseconds until the next back-off is over; nil if none is pending.
    public var nextRetryMilliseconds: Int64?
    /// Milliseconds until the next `not_before` has come; nil if none is pending.
    public var nextStartMilliseconds: Int64?
    /// Jobs that are ready, but ask for an architecture or label that the runner does not have.
    public var notAdmitted: Int
    /// Jobs of paused builds.
    public var paused: Int
    /// Milliseconds until a backend that rests after failures takes a ready job on trial; nil if there is none.
    public var poolMilliseconds: Int64?

    /// True if waiting a little will bring work to this runner.
    public var isWorthWaiting: Bool { hasReadyJob || running > 0 || nextRetryMilliseconds != nil || poolMilliseconds != nil }
}

extension Store {
    /// What is left for a runner. Costs a few index look-ups; not for the path of each job.
    public func outlook(_ abilities: RunnerAbilities, runner: RunnerID, isPressed: Bool = false, share: PoolShare? = nil) throws(FarmError)
        -> Outlook
    {
        let now = clock()
        return try read { database throws(FarmError) in
            let queue = ReadyQueue(database: database, now: now)
            let scope = OutlookScope(database: database, selection: abilities.selection)
            let claiming = ClaimingRunner(runner, abilities, isPressed: isPressed, share: share)
            let retry = try scope.earliestDue("due_boot = ?", now.bootIdentifier)
            let start = try scope.earliestDue("due_boot = ?", "")
            let hasReady = try queue.hasWork(for: claiming)
            return Outlook(
                hasReadyJob: hasReady, running: try scope.runningAttempts(),
                nextRetryMilliseconds: retry.map { max(0, $0 - now.bootMilliseconds) },
                nextStartMilliseconds: start.map { max(0, $0 - now.wallMilliseconds) },
                notAdmitted: hasReady ? 0 : try scope.count("queue = 1"), paused: try scope.count("queue = 3"),
                poolMilliseconds: share == nil || hasReady ? nil : try queue.nextTrial(of: claiming))
        }
    }
}

/// Counts within a selection.
private struct OutlookScope {
    let database: Connection
    private let condition: String
    private let values: [any SQLBindable]

    init(database: Connection, selection: Selection?) {
        self.database = database
        guard let selection else {
            condition = "1"
            values = []
            return
        }
        condition = "(jobs.build IN (SELECT value FROM json_each(?)) OR jobs.id IN (SELECT value FROM json_each(?)))"
        values = [
            JSONValue.array(selection.builds.map { .int($0.number) }).text, JSONValue.array(selection.jobs.map { .int($0.number) }).text,
        ]
    }

    func earliestDue(_ clock: String, _ boot: String) throws(FarmError) -> Int64? {
        let sql = "SELECT min(due_ms) FROM jobs WHERE queue = 2 AND \(clock) AND \(condition)"
        return try database.all(sql, values: [boot] + values) { $0.integerIfAny(0) }.first ?? nil
    }

    func count(_ what: String) throws(FarmError) -> Int {
        try database.all("SELECT count(*) FROM jobs WHERE \(what) AND \(condition)", values: values) { Int($0.integer(0)) }.first ?? 0
    }

    func runningAttempts() throws(FarmError) -> Int {
        let sql = "SELECT count(*) FROM attempts a JOIN jobs ON jobs.id = a.job WHERE a.state = 'running' AND \(condition)"
        let attempts = try database.all(sql, values: values) { Int($0.integer(0)) }.first ?? 0
        // What waits for an identical job elsewhere is about to end too.
        return try attempts + count("queue = 4")
    }
}

import FarmModel

/// A runner with an idle slot, as the dispatcher's rule sees it.
struct ClaimingRunner {
    let id: RunnerID
    let state: DispatchRunner
    /// What it gives to the pool; nil if it knows its own machine only.
    let share: PoolShare?

    init(_ request: ClaimRequest) { self.init(request.runner, request.abilities, isPressed: request.isPressed, share: request.share) }

    init(_ id: RunnerID, _ abilities: RunnerAbilities, isPressed: Bool, share: PoolShare?) {
        self.id = id
        self.share = share
        var state = DispatchRunner(abilities: abilities)
        state.isPressed = isPressed
        self.state = state
    }
}

/// Looks for the job to claim next.
struct ReadyQueue {
    let database: Connection
    let now: Moment

    /// True if there may be a job to claim: one that is ready, or one whose time has come.
    func hasWork(for runner: ClaimingRunner) throws(FarmError) -> Bool {
        let requirements = try requirements(openAt: places(for: runner))
        guard !requirements.isEmpty else { return false }
        if try best(among: requirements, in: runner.state.abilities.selection) != nil { return true }
        return try database.first(
            "SELECT 1 FROM jobs WHERE queue = 2 AND \(Self.isDue) LIMIT 1", now.wallMilliseconds, now.bootIdentifier, now.bootMilliseconds
        ) { _ in true } ?? false
    }

    /// A delayed job whose time has come; wall clock for `not_before`, boot clock of the same boot for back-off.
    static let isDue = "((due_boot = '' AND due_ms <= ?1) OR (due_boot = ?2 AND due_ms <= ?3) OR (due_boot <> '' AND due_boot <> ?2))"

    /// Where a runner can start jobs.
    func places(for runner: ClaimingRunner) throws(FarmError) -> ClaimPlaces {
        var state = runner.state
        state.isPaused = try database.first("SELECT 1 FROM runners WHERE id = ? AND paused IS NOT NULL", runner.id) { _ in true } ?? false
        let isFarmPaused = try database.first("SELECT 1 FROM meta WHERE name = 'paused'") { _ in true } ?? false
        guard let share = runner.share else { return ClaimPlaces(own: state, isFarmPaused: isFarmPaused) }
        let running = try database.first(
            "SELECT count(*) FROM attempts WHERE runner = ? AND state = 'running' AND backend IS NULL", runner.id
        ) { Int($0.integer(0)) }
        return try ClaimPlaces(
            own: state, running: running ?? 0, share: share, statuses: BackendReader(database).statuses(), now: now,
            isFarmPaused: isFarmPaused)
    }

    /// Milliseconds until a backend that rests after failures takes a ready job on trial; nil if none does.
    func nextTrial(of runner: ClaimingRunner) throws(FarmError) -> Int64? {
        guard runner.share != nil else { return nil }
        let resting = try places(for: runner).statuses.filter { $0.drain == nil && !$0.health.isOffline && !$0.breaker.admits(now) }
        var soonest: Int64?
        for status in resting {
            let abilities = Venue(status, selection: nil, now).state.abilities
            let requirements = try requirements().filter { abilities.lacks($0.asked).isEmpty }
            guard try best(among: requirements, in: runner.state.abilities.selection) != nil else { continue }
            // One that is on trial now ends with its attempt, which rings.
            soonest = min(soonest ?? .max, status.breaker.restMilliseconds(now) ?? Self.trialMilliseconds)
        }
        return soonest
    }

    private static let trialMilliseconds: Int64 = 5_000

    /// The requirements that can be met at one of some places now.
    func requirements(openAt places: ClaimPlaces) throws(FarmError) -> [OpenRequirement] {
        let states = places.venues.map(\.state)
        return try requirements().filter { requirement in
            Dispatch.codes(DispatchJob(gate: .open, requirement: requirement.asked), on: states, isFarmPaused: places.isFarmPaused).isEmpty
        }
    }

    /// The ready job with the highest priority, then score, then age.
    func best(among requirements: [OpenRequirement], in selection: Selection?) throws(FarmError) -> ReadyJob? {
        var best: (candidate: Candidate, requirement: Requirement)?
        for requirement in requirements {
            for candidate in try candidates(of: requirement.row, in: selection) where best.map({ candidate.precedes($0.candidate) }) ?? true
            {
                best = (candidate, requirement.asked)
            }
        }
        return best.map { ReadyJob(job: $0.candidate.job, requirement: $0.requirement) }
    }

    private func requirements() throws(FarmError) -> [OpenRequirement] {
        try database.all("SELECT id, architecture, labels, environment FROM requirements") { row in
            let labels = row.text(2).split(separator: ",").map(String.init)
            let asked = Requirement(
                architecture: Architecture(row.text(1)) ?? .noarch, labels: labels,
                environment: EnvironmentKind(rawValue: row.text(3)) ?? .host)
            return OpenRequirement(row: row.integer(0), asked: asked)
        }
    }

    private struct Candidate {
        var job: JobID
        var priority: Int64
        var score: Double

        func precedes(_ other: Candidate) -> Bool {
            (other.priority, other.score, job.number) < (priority, score, other.job.number)
        }

        init(_ row: Row) {
            job = row.identifier(0)
            priority = row.integer(1)
            score = row.real(2)
        }
    }

    private static let columns = "SELECT id, priority, score FROM jobs"
    private static let order = "ORDER BY priority DESC, score DESC, id LIMIT 1"

    private func candidates(of requirement: Int64, in selection: Selection?) throws(FarmError) -> [Candidate] {
        guard let selection else {
            return try database.all("\(Self.columns) WHERE queue = 1 AND requirement = ? \(Self.order)", requirement) { Candidate($0) }
        }
        var found: [Candidate] = []
        for build in selection.builds {
            let sql = "\(Self.columns) WHERE queue = 1 AND build = ? AND requirement = ? \(Self.order)"
            found += try database.all(sql, build, requirement) { Candidate($0) }
        }
        if !selection.jobs.isEmpty {
            let jobs = JSONValue.array(selection.jobs.map { .int($0.number) }).text
            let sql = "\(Self.columns) WHERE queue = 1 AND requirement = ? AND id IN (SELECT value FROM json_each(?)) \(Self.order)"
            found += try database.all(sql, requirement, jobs) { Candidate($0) }
        }
        return found
    }
}

/// What jobs ask for that can be met now, with its row.
struct OpenRequirement {
    var row: Int64
    var asked: Requirement
}

/// A ready job with what it asks for.
struct ReadyJob {
    var job: JobID
    var requirement: Requirement
}

import FarmModel

/// Where a runner may start jobs: on its own machine and, if it reaches them, on backends.
struct ClaimPlaces {
    var venues: [Venue]
    /// What is known of the backends, in the order of the venues after the first.
    var statuses: [BackendStatus]
    var isFarmPaused: Bool
    /// Whether the farm, and not the runner, says how many jobs its own machine takes.
    private var isOwnLimited = false

    /// The runner's own machine only.
    init(own state: DispatchRunner, isFarmPaused: Bool) {
        venues = [Venue(address: nil, state: state)]
        statuses = []
        self.isFarmPaused = isFarmPaused
    }

    /// With the backends. One of the kind sandbox says what holds for the runner's own machine, if it is the one it names.
    /// - Parameter running: how many jobs run on the runner's own machine.
    init(own state: DispatchRunner, running: Int, share: PoolShare, statuses: [BackendStatus], now: Moment, isFarmPaused: Bool) {
        var own = state
        (own.slots, own.running) = (share.ownSlots, running)
        if let sandbox = statuses.first(where: { $0.backend.kind == .sandbox && $0.backend.address == "sandbox://" + share.host }) {
            let venue = Venue(sandbox, selection: nil, now)
            own.isDraining = venue.state.isDraining
            own.abilities.labels.formUnion(venue.state.abilities.labels)
            if let most = sandbox.backend.maxJobs {
                own.slots = min(own.slots, most)
                isOwnLimited = true
            }
        }
        self.statuses = statuses.filter { $0.backend.kind != .sandbox }
        venues =
            [Venue(address: nil, state: own)]
            + self.statuses.map { status in
                var venue = Venue(status, selection: state.abilities.selection, now)
                venue.state.isPaused = state.isPaused
                return venue
            }
        self.isFarmPaused = isFarmPaused
    }

    /// Whether a place has to be chosen, and what it has is counted: a runner alone on its machine knows its own slots.
    var isPooled: Bool { !statuses.isEmpty || isOwnLimited }

    /// How a backend keeps jobs apart, for records; nil for the runner's own machine.
    func isolation(at place: Int) -> String? { place == 0 ? nil : statuses[place - 1].backend.kind.rawValue }
}

/// What a runner gives to the pool: with it the farm's backends are reached too.
public struct PoolShare: Sendable, Equatable {
    /// How many jobs its own machine runs at once; 0 for none.
    public var ownSlots: Int
    /// The name of its machine.
    public var host: String

    /// Describes a share.
    public init(ownSlots: Int, host: String) {
        self.ownSlots = ownSlots
        self.host = host
    }
}

extension Transaction {
    /// Where a job is to run.
    func choose(_ ready: ReadyJob, _ candidate: ClaimCandidate, among places: ClaimPlaces) throws(FarmError) -> Int? {
        guard places.isPooled else { return 0 }
        let job = DispatchJob(gate: .open, requirement: ready.requirement, place: (ready.job, candidate.build))
        return Venue.choose(
            for: job, among: places.venues, warm: try warmBackends(of: candidate.identity), failed: try failedBackends(of: ready.job))
    }

    /// Notes that an attempt takes up a place. The transaction that chose it does, so that nobody else can have it.
    func acquire(_ place: Int, for attempt: AttemptID, in places: inout ClaimPlaces) throws(FarmError) {
        places.venues[place].state.running += 1
        guard place > 0 else { return }
        let before = places.statuses[place - 1].breaker
        places.statuses[place - 1].breaker.start(attempt, now)
        let breaker = places.statuses[place - 1].breaker
        guard breaker != before else { return }
        places.venues[place].state.isBroken = !breaker.admits(now)
        try store(breaker, of: places.statuses[place - 1].backend.address)
    }

    /// Notes what the end of an attempt says of the backend that it ran on.
    func release(_ attempt: AttemptID, state: AttemptState, failure: FailureClass?, message: String?) throws(FarmError) {
        let address = try database.first("SELECT backend FROM attempts WHERE id = ?", attempt) { $0.textIfAny(0) } ?? nil
        guard let address, let status = try BackendReader(database).status(of: address) else { return }
        var breaker = status.breaker
        let verdict = CircuitBreaker.Verdict(state: state, failure: failure)
        breaker.end(attempt, verdict, error: message, now, pool: try BackendReader(database).pool())
        if breaker != status.breaker { try store(breaker, of: address) }
    }

    private func store(_ breaker: CircuitBreaker, of address: String) throws(FarmError) {
        try database.run("UPDATE backends SET breaker = ? WHERE address = ?", breaker.json, address)
    }

    private func warmBackends(of identity: JobIdentity) throws(FarmError) -> Set<String> {
        let sql = """
            SELECT a.backend FROM jobs j JOIN attempts a ON a.job = j.id AND a.state = 'success' AND a.backend IS NOT NULL
            WHERE j.name = ? AND j.architecture = ? AND j.cell = ? ORDER BY j.id DESC LIMIT 1
            """
        return Set(try database.all(sql, identity.name, identity.architecture.name, identity.cellText) { $0.text(0) })
    }

    private func failedBackends(of job: JobID) throws(FarmError) -> Set<String> {
        let sql = """
            SELECT DISTINCT a.backend FROM attempts a JOIN jobs j ON j.id = a.job
            WHERE a.job = ? AND a.backend IS NOT NULL AND a.class IN ('infrastructure', 'lost') AND a.number > j.attempts_before
            """
        return Set(try database.all(sql, job) { $0.text(0) })
    }
}

import FarmModel
import HostSystem

/// The runners as the dispatcher's rule sees them, from their rows and whether their processes live.
struct RunnersAtWork {
    /// A runner with what only people want to know.
    struct Runner {
        var id: RunnerID
        var state: DispatchRunner
        var pause: JSONObject?
        var pressure: [PressureFact]
        /// What it gives to the pool; nil if it knows its own machine only.
        var share: PoolShare?
    }

    /// Those that live.
    private(set) var alive: [Runner] = []
    /// Those whose process is gone, and which nobody has buried yet.
    private(set) var dead: Set<RunnerID> = []
    /// Who paused everything.
    let farmPause: JSONObject?
    /// The backends, if a runner reaches them, as each of these runners sees them.
    private(set) var backends: [Venue] = []

    init(_ database: Connection, now: Moment) throws(FarmError) {
        farmPause = try database.first("SELECT value FROM meta WHERE name = 'paused'") { $0.object(0) } ?? nil
        let sql = """
            SELECT r.id, r.pid, r.pid_start, r.boot_id, r.abilities, r.slots, r.state, r.paused, r.pressure,
                (SELECT count(*) FROM attempts a WHERE a.runner = r.id AND a.state = 'running' AND a.backend IS NULL), r.pool, r.host
            FROM runners r WHERE r.ended_ms IS NULL
            """
        let rows = try database.all(sql) { row in (runner: Self.runner(row), process: Self.process(row)) }
        for row in rows {
            if row.process.isAlive { alive.append(row.runner) } else { dead.insert(row.runner.id) }
        }
        guard alive.contains(where: { $0.share != nil }) else { return }
        let statuses = try BackendReader(database).statuses()
        for index in alive.indices {
            guard let share = alive[index].share else { continue }
            let state = alive[index].state
            let places = ClaimPlaces(own: state, running: state.running, share: share, statuses: statuses, now: now, isFarmPaused: false)
            alive[index].state = places.venues[0].state
            backends += places.venues.dropFirst()
        }
    }

    var states: [DispatchRunner] { alive.map(\.state) + backends.map(\.state) }

    private static func runner(_ row: Row) -> Runner {
        let abilities = row.object(4).map { RunnerAbilities(json: $0) } ?? RunnerAbilities()
        var state = DispatchRunner(abilities: abilities, slots: Int(row.integer(5)), running: Int(row.integer(9)))
        state.isDraining = row.text(6) == "draining"
        state.isPaused = !row.isNull(7)
        let pressure = row.textIfAny(8).flatMap { try? JSONParser.parse($0) }?.array?.compactMap {
            $0.object.flatMap { PressureFact(json: $0) }
        }
        // One job may always start.
        state.isPressed = !(pressure ?? []).isEmpty && state.running > 0
        let share = row.integerIfAny(10).map { PoolShare(ownSlots: Int($0), host: row.text(11)) }
        return Runner(id: row.identifier(0), state: state, pause: row.object(7), pressure: pressure ?? [], share: share)
    }

    private static func process(_ row: Row) -> ProcessIdentity {
        ProcessIdentity(
            identifier: Int32(row.integer(1)), startTime: UInt64(bitPattern: row.integer(2)), bootIdentifier: row.text(3))
    }
}

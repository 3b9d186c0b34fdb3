/// Where a job may run: the runner's own machine, or a backend.
public struct Venue: Sendable, Equatable {
    /// The backend's address; nil for the runner's own machine.
    public var address: String?
    /// How the dispatcher's rule sees it.
    public var state: DispatchRunner
    /// Its share of the work beside others.
    public var weight: Int

    /// Describes a place.
    public init(address: String?, state: DispatchRunner, weight: Int = 1) {
        self.address = address
        self.state = state
        self.weight = max(1, weight)
    }

    /// A backend as the dispatcher sees it.
    /// - Parameter selection: what its runner takes; nil for all.
    public init(_ status: BackendStatus, selection: Selection?, _ now: Moment) {
        let abilities = Self.abilities(of: status.backend, selection: selection)
        var state = DispatchRunner(abilities: abilities, slots: status.slots, running: status.attempts.count)
        state.isDraining = status.drain != nil
        state.isOffline = status.health.isOffline
        state.isBroken = !status.breaker.admits(now)
        self.init(address: status.backend.address, state: state, weight: status.backend.weight)
    }

    /// What a backend can do.
    static func abilities(of backend: BackendRecord, selection: Selection?) -> RunnerAbilities {
        let names = [backend.architecture] + backend.emulates
        var labels = Set(backend.labels.map { "\($0.key)=\($0.value)" })
        labels.formUnion(backend.labels.filter(\.value.isEmpty).keys)
        var abilities = RunnerAbilities(architectures: Set(names.compactMap { Architecture($0) }), labels: labels, selection: selection)
        switch backend.kind {
        case .sandbox: abilities.environments = [.host, .root]
        case .engine: abilities.environments = [.root, .image]
        case .buildkit: abilities.environments = [.root, .image, .dockerfile]
        }
        return abilities
    }

    /// How busy it is for its share, from 0 for idle to 1 for full.
    private var load: Double {
        state.slots == 0 ? .infinity : Double(state.running) / Double(state.slots) / Double(weight)
    }

    /// Where a job is to go: the least loaded place that nothing stands against. One that is known to have the job's caches is preferred while it
    /// is busier by no more than one job in eight; one where the job met a failure of the machine is taken only if there is no other.
    /// - Parameters:
    ///   - warm: the addresses that have the job's caches.
    ///   - failed: the addresses where it met a failure of the machine.
    /// - Returns: the index of the place; nil if there is none now.
    public static func choose(for job: DispatchJob, among venues: [Venue], warm: Set<String> = [], failed: Set<String> = []) -> Int? {
        let open = venues.indices.filter { Dispatch.obstacles(job, on: venues[$0].state).isEmpty }
        let fresh = open.filter { !(venues[$0].address.map(failed.contains) ?? false) }
        func cost(_ index: Int) -> Double {
            let isWarm = venues[index].address.map(warm.contains) ?? false
            return venues[index].load - (isWarm ? bonus : 0)
        }
        return (fresh.isEmpty ? open : fresh).min { (cost($0), $0) < (cost($1), $1) }
    }

    private static let bonus = 0.125
}

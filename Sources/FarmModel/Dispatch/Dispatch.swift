/// A job as the dispatcher sees it.
public struct DispatchJob: Sendable, Equatable {
    /// Where a job stands that nothing of a runner could change.
    public enum Gate: Sendable, Equatable, CaseIterable {
        /// Needs have not ended.
        case dependency
        /// An identical job runs.
        case shared
        /// Its build is paused.
        case paused
        /// Its time has not come.
        case notBefore
        /// Its next try has not come.
        case backoff
        /// Nothing but a runner is wanting.
        case open
        /// It has an attempt whose first phase has not begun.
        case starting
        /// It has an attempt that is at work.
        case running
        /// It has an attempt whose runner is gone.
        case recovering
        /// It has an attempt that is being ended by request.
        case cancelling
    }

    /// Where it stands.
    public var gate: Gate
    /// What it asks for.
    public var requirement: Requirement
    /// Its id and build, for runners that take some only; nil for a job of no build yet.
    public var place: (job: JobID, build: BuildID)?

    /// Creates a job.
    public init(gate: Gate, requirement: Requirement, place: (job: JobID, build: BuildID)? = nil) {
        self.gate = gate
        self.requirement = requirement
        self.place = place
    }

    /// Equal in all parts.
    public static func == (left: DispatchJob, right: DispatchJob) -> Bool {
        left.gate == right.gate && left.requirement == right.requirement && left.place?.job == right.place?.job
    }
}

/// A runner, or a backend behind one, as the dispatcher sees it.
public struct DispatchRunner: Sendable, Equatable {
    /// What it can do.
    public var abilities: RunnerAbilities
    /// Somebody paused it.
    public var isPaused = false
    /// It takes no more jobs and ends with those it has.
    public var isDraining = false
    /// It does not answer.
    public var isOffline = false
    /// It failed too often and rests.
    public var isBroken = false
    /// Memory or disk is short, and it has a job already.
    public var isPressed = false
    /// Jobs that it can run at once.
    public var slots: Int
    /// Jobs that it runs.
    public var running: Int

    /// Creates a runner that is ready for work.
    public init(abilities: RunnerAbilities, slots: Int = 1, running: Int = 0) {
        self.abilities = abilities
        self.slots = slots
        self.running = running
    }
}

/// The rule of what may start where: the one predicate of the dispatcher and of `bf-status --why`.
public enum Dispatch {
    /// Why a job does not run, primary code first; empty if it may start now on one of the runners, or has started.
    /// - Parameter isFarmPaused: Somebody paused everything.
    public static func codes(_ job: DispatchJob, on runners: [DispatchRunner], isFarmPaused: Bool = false) -> [WaitCode] {
        var codes: Set<WaitCode> = []
        switch job.gate {
        case .cancelling: return [.cancelling]
        case .recovering: return [.recovering]
        case .starting: return [.starting]
        case .running: return []
        case .dependency: codes.insert(.dependency)
        case .shared: codes.insert(.shared)
        case .paused: codes.insert(.paused)
        case .notBefore: codes.insert(.notBefore)
        case .backoff: codes.insert(.backoff)
        case .open: break
        }
        if isFarmPaused { codes.insert(.paused) }
        codes.formUnion(nearest(job, runners))
        return codes.sorted()
    }

    /// What stands against one job on one runner, the first obstacle of each kind in the order in which they would have to be removed.
    public static func obstacles(_ job: DispatchJob, on runner: DispatchRunner) -> [WaitCode] {
        if let selection = runner.abilities.selection, let place = job.place, !selection.contains(place.job, of: place.build) {
            return [.notSelected]
        }
        guard runner.abilities.lacks(job.requirement).isEmpty else { return [.unsatisfiable] }
        var codes: [WaitCode] = []
        if runner.isOffline { codes.append(.backendOffline) }
        if runner.isDraining { codes.append(.backendDrained) }
        if runner.isPaused { codes.append(.paused) }
        if runner.isBroken { codes.append(.breakerOpen) }
        if runner.running >= runner.slots { codes.append(.backendFull) }
        if runner.isPressed { codes.append(.pressure) }
        return codes
    }

    /// The obstacles on the runner where the least stands against the job.
    private static func nearest(_ job: DispatchJob, _ runners: [DispatchRunner]) -> [WaitCode] {
        guard !runners.isEmpty else { return [.noRunner] }
        var nearest: [WaitCode]?
        for runner in runners {
            let codes = obstacles(job, on: runner)
            if codes.isEmpty { return [] }
            if nearest.map({ isNearer(codes, $0) }) ?? true { nearest = codes }
        }
        return nearest ?? []
    }

    /// A full runner is nearer than one that is drained and full; both are nearer than one that can never do it.
    private static func isNearer(_ left: [WaitCode], _ right: [WaitCode]) -> Bool {
        guard let first = left.first, let other = right.first else { return left.isEmpty }
        let (place, otherPlace) = (distance(first), distance(other))
        return place == otherPlace ? left.count < right.count : place < otherPlace
    }

    private static func distance(_ code: WaitCode) -> Int {
        let order: [WaitCode] = [
            .pressure, .backendFull, .breakerOpen, .paused, .backendDrained, .backendOffline, .unsatisfiable, .notSelected,
        ]
        return order.firstIndex(of: code) ?? order.count
    }
}

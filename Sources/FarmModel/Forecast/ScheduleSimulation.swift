internal import BuildGraph

/// Plays through how slots work off jobs.
struct ScheduleSimulation {
    private let graph: ForecastGraph
    private let durations: [DurationEstimate]
    private let ranks: [Int64]
    private var slots: Int
    /// Nothing starts before.
    private let opening: Int64
    private var waiting: [Int]
    private var ready = Heap<ReadyJob>()
    private var busy = Heap<BusySlot>()
    /// When everything is over, in milliseconds from now.
    private(set) var end: Int64 = 0
    /// When it is over nine times of ten.
    private(set) var pessimisticEnd: Int64 = 0

    private struct ReadyJob: Comparable {
        var rank: Int64
        var job: Int

        static func < (left: ReadyJob, right: ReadyJob) -> Bool { (-left.rank, left.job) < (-right.rank, right.job) }
    }

    private struct BusySlot: Comparable {
        var until: Int64
        /// nil for one that works for another build.
        var job: Int?
        /// The squares of the spreads of the jobs that led to this end, added up.
        var variance: Double

        static func < (left: BusySlot, right: BusySlot) -> Bool { (left.until, left.job ?? -1) < (right.until, right.job ?? -1) }
    }

    init(_ work: RemainingWork, _ graph: ForecastGraph, _ durations: [DurationEstimate], _ ranks: [Int64]) {
        self.graph = graph
        self.durations = durations
        self.ranks = ranks
        waiting = graph.needCounts
        slots = work.slots
        opening = work.delayMilliseconds
        for (job, remaining) in work.jobs.enumerated() where remaining.elapsedMilliseconds != nil { start(job, at: 0, after: 0) }
        for until in work.occupied { occupy(BusySlot(until: until, job: nil, variance: 0)) }
        for (job, remaining) in work.jobs.enumerated() where remaining.elapsedMilliseconds == nil && waiting[job] == 0 {
            ready.insert(ReadyJob(rank: ranks[job], job: job))
        }
        // So that the moment is not missed; until then the slot is of no use to anybody.
        if opening > 0 { occupy(BusySlot(until: opening, job: nil, variance: 0)) }
    }

    /// Plays to the end.
    mutating func run() {
        startReady(at: 0, after: 0)
        while let slot = busy.popSmallest() {
            slots += 1
            if let job = slot.job { finish(job, slot) }
            startReady(at: slot.until, after: slot.variance)
        }
    }

    private mutating func finish(_ job: Int, _ slot: BusySlot) {
        end = max(end, slot.until)
        pessimisticEnd = max(pessimisticEnd, slot.until + Int64(slot.variance.squareRoot()))
        for dependent in graph.dependents(of: job) {
            waiting[Int(dependent)] -= 1
            if waiting[Int(dependent)] == 0 { ready.insert(ReadyJob(rank: ranks[Int(dependent)], job: Int(dependent))) }
        }
    }

    private mutating func startReady(at time: Int64, after variance: Double) {
        guard time >= opening else { return }
        while slots > 0, let next = ready.popSmallest() { start(next.job, at: time, after: variance) }
    }

    /// - Parameter variance: What led to the moment: the end of a needed job, or that of a job whose slot is now free.
    private mutating func start(_ job: Int, at time: Int64, after variance: Double) {
        let spread = durations[job].spread
        occupy(BusySlot(until: time + durations[job].median, job: job, variance: variance + spread * spread))
    }

    /// More may run than there are slots, while runners come and go.
    private mutating func occupy(_ slot: BusySlot) {
        slots -= 1
        busy.insert(slot)
    }
}

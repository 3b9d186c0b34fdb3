/// What is still to be done of a build, as a forecast sees it.
public struct RemainingWork: Sendable {
    /// A job that has not ended.
    public struct Job: Sendable {
        /// The positions of the jobs that it waits for, each once; those that have ended are not among them.
        public var needs: [Int]
        /// How long it took before; nil if it was never built.
        public var estimate: DurationEstimate?
        /// The recipe, whose other jobs stand in for one that was never built.
        public var recipe: String
        /// How long it has been running, in milliseconds; nil if it is still to start.
        public var elapsedMilliseconds: Int64?

        /// Describes a job.
        public init(needs: [Int] = [], estimate: DurationEstimate?, recipe: String = "script", elapsedMilliseconds: Int64? = nil) {
            self.needs = needs
            self.estimate = estimate
            self.recipe = recipe
            self.elapsedMilliseconds = elapsedMilliseconds
        }

        /// A running job waits for nothing more.
        var openNeeds: [Int] { elapsedMilliseconds == nil ? needs : [] }
    }

    /// The jobs in any order, without a cycle.
    public var jobs: [Job]
    /// How many jobs can run at once, over all runners.
    public var slots: Int
    /// Slots in which other builds run jobs, each with the milliseconds until it is free.
    public var occupied: [Int64]
    /// Milliseconds until jobs may start; 0 for now.
    public var delayMilliseconds: Int64

    /// Describes the rest of a build.
    public init(jobs: [Job], slots: Int, occupied: [Int64] = [], delayMilliseconds: Int64 = 0) {
        self.jobs = jobs
        self.slots = slots
        self.occupied = occupied
        self.delayMilliseconds = delayMilliseconds
    }

    /// How long each job still takes, and how many were never built; nil if none was.
    ///
    /// A job that was never built takes as long as the middle one of its recipe, else of all.
    func durations() -> (durations: [DurationEstimate], unknown: Int)? {
        var known: [String: [DurationEstimate]] = [:]
        for job in jobs { if let estimate = job.estimate { known[job.recipe, default: []].append(estimate) } }
        guard let usual = Self.middle(known.values.flatMap(\.self)) else { return nil }
        let usualOfRecipe = known.compactMapValues(Self.middle)
        var unknown = 0
        let durations = jobs.map { job in
            if job.estimate == nil { unknown += 1 }
            let estimate = job.estimate ?? usualOfRecipe[job.recipe] ?? usual
            return job.elapsedMilliseconds.map(estimate.remaining) ?? estimate
        }
        return (durations, unknown)
    }

    private static func middle(_ estimates: [DurationEstimate]) -> DurationEstimate? {
        guard !estimates.isEmpty else { return nil }
        return DurationEstimate(
            median: DurationEstimate.quantile(0.5, of: estimates.map(\.median).sorted()),
            ninetieth: DurationEstimate.quantile(0.5, of: estimates.map(\.ninetieth).sorted()))
    }
}

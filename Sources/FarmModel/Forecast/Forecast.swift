/// When a build will be done, and what holds it up longest.
///
/// The rest of the build is played through as runners would work it off: whenever a slot is free, the ready job with the longest way to the
/// end starts, and takes as long as it usually does (list scheduling, R. L. Graham 1969). For the pessimistic end the spreads along the chain
/// of jobs that led to each end are added as independent errors are, by their squares: rarely does everything take long at once.
/// The time grows with the number of jobs and needs, times the logarithm of the jobs that are ready at once.
public struct Forecast: Sendable, Equatable {
    /// Milliseconds from now until the build is done, as likely too long as too short.
    public let endMilliseconds: Int64
    /// Milliseconds from now until it is done nine times of ten.
    public let ninetiethMilliseconds: Int64
    /// The jobs of the longest chain of needs, by their positions, the first to run first.
    public let criticalPath: [Int]
    /// How long that chain takes: with any number of slots the build is not done earlier.
    public let criticalMilliseconds: Int64
    /// How many jobs were never built, so that their time is a guess.
    public let unknown: Int

    /// Looks ahead; nil if nothing is known of any job, or if there is no slot to run them.
    public init?(_ work: RemainingWork) {
        guard work.slots > 0, let (durations, unknown) = work.durations() else { return nil }
        let graph = ForecastGraph(work.jobs)
        let ranks = graph.ranks(durations)
        let path = graph.criticalPath(ranks)
        var play = ScheduleSimulation(work, graph, durations, ranks)
        play.run()
        endMilliseconds = play.end
        ninetiethMilliseconds = max(play.end, play.pessimisticEnd)
        criticalPath = path
        criticalMilliseconds = path.first.map { ranks[$0] } ?? 0
        self.unknown = unknown
    }
}

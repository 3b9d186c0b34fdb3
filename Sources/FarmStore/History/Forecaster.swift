public import FarmModel

/// Says when a build will be done. Keeps what was read of the past: whoever looks on asks often.
public struct Forecaster {
    private let store: Store
    private let build: BuildID
    private var estimates: [JobID: DurationEstimate?] = [:]

    /// The most jobs of the critical path that are named.
    private static let namedJobs = 50

    /// Prepares forecasts of a build.
    public init(store: Store, build: BuildID) {
        self.store = store
        self.build = build
    }

    /// When the build will be done; nil if that cannot be told: it has ended, is paused or being cancelled, none of its jobs was ever built, or no
    /// runner is at work.
    public mutating func forecast(_ record: BuildRecord) throws(FarmError) -> BuildForecast? {
        guard !record.state.isTerminal, record.paused == nil, !record.isCancelling else { return nil }
        let now = store.clock()
        guard let reading = try read(at: now) else { return nil }
        estimates = reading.estimates
        let delay = max(0, (record.notBeforeMilliseconds ?? 0) - now.wallMilliseconds)
        let work = RemainingWork(
            jobs: reading.rest.jobs, slots: reading.slots, occupied: reading.occupied, delayMilliseconds: delay)
        guard let forecast = Forecast(work) else { return nil }
        return BuildForecast(
            endMilliseconds: now.wallMilliseconds + forecast.endMilliseconds,
            ninetiethMilliseconds: now.wallMilliseconds + forecast.ninetiethMilliseconds, unknown: forecast.unknown,
            criticalPath: forecast.criticalPath.prefix(Self.namedJobs).map { reading.rest.rows[$0].identity.description })
    }

    private struct Reading: Sendable {
        var slots: Int
        var occupied: [Int64]
        var rest: RemainingReader.Rest
        var estimates: [JobID: DurationEstimate?]
    }

    /// nil if nobody works.
    private func read(at now: Moment) throws(FarmError) -> Reading? {
        try store.read { database throws(FarmError) in
            let reader = RemainingReader(database: database, build: build, now: now)
            guard let (slots, occupied) = try reader.slots() else { return nil }
            var known = estimates
            let rest = try reader.rest(&known)
            return Reading(slots: slots, occupied: occupied, rest: rest, estimates: known)
        }
    }
}

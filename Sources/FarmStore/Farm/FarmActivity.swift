public import FarmModel

/// What goes on in a farm now, and what changes.
public protocol FarmActivity: Sendable {
    /// The runners at work.
    func runners() throws(FarmError) -> [RunnerRecord]

    /// What each runner at work can do; empty if none is.
    func abilitiesAtWork() throws(FarmError) -> [RunnerAbilities]

    /// The pending jobs in the order in which runners take them.
    func queue(atMost limit: Int) throws(FarmError) -> [QueuedJob]

    /// The running jobs of a build, or of all.
    func runningJobs(of build: BuildID?, atMost limit: Int) throws(FarmError) -> [RunningJob]

    /// The names of running jobs of a build.
    func runningNames(of build: BuildID, limit: Int) throws(FarmError) -> [String]

    /// The jobs of a build that failed last.
    func newestFailures(of build: BuildID, atMost limit: Int) throws(FarmError) -> [JobRecord]

    /// The place of the newest event.
    func newestEvent() throws(FarmError) -> EventCursor

    /// The events after a place, oldest first; nil if some of them are gone already.
    func events(after cursor: EventCursor, atMost limit: Int) throws(FarmError) -> [EventRecord]?

    /// Says when a build will be done, again and again.
    func forecaster(of build: BuildID) -> any BuildForecaster

    /// Starts to notice changes; do it before the first read, so that nothing falls between.
    func watchChanges() -> any ChangeWatch
}

/// Says when a build will be done. It may keep what was read of the past: whoever looks on asks often.
public protocol BuildForecaster {
    /// When the build will be done; nil if that cannot be told.
    mutating func forecast(_ record: BuildRecord) throws(FarmError) -> BuildForecast?
}

extension Forecaster: BuildForecaster {}

extension Store {
    /// Says when a build will be done, again and again.
    public func forecaster(of build: BuildID) -> any BuildForecaster { Forecaster(store: self, build: build) }

    /// Starts to notice changes of the state directory, by this process and others.
    public func watchChanges() -> any ChangeWatch { DoorbellWatch(directory) }
}

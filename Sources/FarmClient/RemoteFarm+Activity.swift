internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    /// The runners at work.
    public func runners() throws(FarmError) -> [RunnerRecord] { try ask(FarmQueries.runners, NoValue()) }

    /// What each runner at work can do; empty if none is.
    public func abilitiesAtWork() throws(FarmError) -> [RunnerAbilities] { try ask(FarmQueries.abilitiesAtWork, NoValue()) }

    /// The pending jobs in the order in which runners take them.
    public func queue(atMost limit: Int) throws(FarmError) -> [QueuedJob] { try ask(FarmQueries.queue, limit == .max ? nil : limit) }

    /// The running jobs of a build, or of all.
    public func runningJobs(of build: BuildID?, atMost limit: Int) throws(FarmError) -> [RunningJob] {
        try ask(FarmQueries.runningJobs, Limited(build, limit: limit))
    }

    /// The names of running jobs of a build.
    public func runningNames(of build: BuildID, limit: Int) throws(FarmError) -> [String] {
        try ask(FarmQueries.runningNames, Limited(build, limit: limit))
    }

    /// The jobs of a build that failed last.
    public func newestFailures(of build: BuildID, atMost limit: Int) throws(FarmError) -> [JobRecord] {
        try ask(FarmQueries.newestFailures, Limited(build, limit: limit))
    }

    /// The place of the newest event.
    public func newestEvent() throws(FarmError) -> EventCursor { try ask(FarmQueries.newestEvent, NoValue()) }

    /// The events after a place, oldest first; nil if some of them are gone already.
    public func events(after cursor: EventCursor, atMost limit: Int) throws(FarmError) -> [EventRecord]? {
        try ask(FarmQueries.events, Limited(cursor, limit: limit))
    }

    /// Says when a build will be done, again and again.
    public func forecaster(of build: BuildID) -> any BuildForecaster { RemoteForecaster(farm: self) }

    /// Starts to notice changes; do it before the first read, so that nothing falls between.
    public func watchChanges() -> any ChangeWatch { RemoteWatch(connection) }
}

/// Lets the server look ahead.
private struct RemoteForecaster: BuildForecaster {
    let farm: RemoteFarm

    func forecast(_ record: BuildRecord) throws(FarmError) -> BuildForecast? {
        guard !record.state.isTerminal, record.paused == nil, !record.isCancelling else { return nil }
        return try farm.ask(FarmQueries.forecast, record.id)
    }
}

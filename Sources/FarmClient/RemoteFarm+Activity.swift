internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    public func runners() throws(FarmError) -> [RunnerRecord] { try ask(FarmQueries.runners, NoValue()) }

    public func abilitiesAtWork() throws(FarmError) -> [RunnerAbilities] { try ask(FarmQueries.abilitiesAtWork, NoValue()) }

    public func queue(atMost limit: Int) throws(FarmError) -> [QueuedJob] { try ask(FarmQueries.queue, limit == .max ? nil : limit) }

    public func runningJobs(of build: BuildID?, atMost limit: Int) throws(FarmError) -> [RunningJob] {
        try ask(FarmQueries.runningJobs, Limited(build, limit: limit))
    }

    public func runningNames(of build: BuildID, limit: Int) throws(FarmError) -> [String] {
        try ask(FarmQueries.runningNames, Limited(build, limit: limit))
    }

    public func newestFailures(of build: BuildID, atMost limit: Int) throws(FarmError) -> [JobRecord] {
        try ask(FarmQueries.newestFailures, Limited(build, limit: limit))
    }

    public func newestEvent() throws(FarmError) -> EventCursor { try ask(FarmQueries.newestEvent, NoValue()) }

    public func events(after cursor: EventCursor, atMost limit: Int) throws(FarmError) -> [EventRecord]? {
        try ask(FarmQueries.events, Limited(cursor, limit: limit))
    }

    public func forecaster(of build: BuildID) -> any BuildForecaster { RemoteForecaster(farm: self) }

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

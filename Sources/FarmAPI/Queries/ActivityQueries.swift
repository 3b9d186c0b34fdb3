public import FarmModel
public import FarmStore

extension FarmQueries {
    static var activity: [any AnyFarmQuery] {
        [runners, abilitiesAtWork, queue, runningJobs, runningNames, newestFailures, newestEvent, events, forecast]
    }

    /// The runners at work.
    public static let runners = FarmQuery<NoValue, [RunnerRecord]>("runners") { farm, _, _ throws(FarmError) in try farm.runners() }
    /// What they can do.
    public static let abilitiesAtWork = FarmQuery<NoValue, [RunnerAbilities]>("abilities_at_work") { farm, _, _ throws(FarmError) in
        try farm.abilitiesAtWork()
    }
    /// The pending jobs in the order in which runners take them; nil for all.
    public static let queue = FarmQuery<Int?, [QueuedJob]>("queue") { farm, limit, _ throws(FarmError) in
        try farm.queue(atMost: limit ?? .max)
    }
    /// The running jobs of a build, or of all.
    public static let runningJobs = FarmQuery<Limited<BuildID?>, [RunningJob]>("running_jobs") { farm, request, _ throws(FarmError) in
        try farm.runningJobs(of: request.value, atMost: request.limit ?? .max)
    }
    /// The names of running jobs of a build.
    public static let runningNames = FarmQuery<Limited<BuildID>, [String]>("running_names") { farm, request, _ throws(FarmError) in
        try farm.runningNames(of: request.value, limit: request.limit ?? .max)
    }
    /// The jobs of a build that failed last.
    public static let newestFailures = FarmQuery<Limited<BuildID>, [JobRecord]>("newest_failures") { farm, request, _ throws(FarmError) in
        try farm.newestFailures(of: request.value, atMost: request.limit ?? .max)
    }
    /// The place of the newest event.
    public static let newestEvent = FarmQuery<NoValue, EventCursor>("newest_event") { farm, _, _ throws(FarmError) in
        try farm.newestEvent()
    }
    /// Events after a place; nil if some are gone.
    public static let events = FarmQuery<Limited<EventCursor>, [EventRecord]?>("events") { farm, request, caller throws(FarmError) in
        let events = try farm.events(after: request.value, atMost: min(request.limit ?? 1_000, 10_000))
        guard caller.role < .admin else { return events }
        // What only administrators may see keeps its place, so that a reader gets on.
        return events?.map {
            $0.isAudit ? EventRecord(cursor: $0.cursor, event: EventRecord.hidden, timeMilliseconds: $0.timeMilliseconds) : $0
        }
    }
    /// When a build will be done.
    public static let forecast = FarmQuery<BuildID, BuildForecast?>("forecast") { farm, build, _ throws(FarmError) in
        var forecaster = farm.forecaster(of: build)
        return try forecaster.forecast(farm.build(build))
    }
}

extension EventRecord {
    /// What stands for an event that only administrators may see.
    public static let hidden = "audit.hidden"
}

import FarmAPI
import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// Lines of running attempts and their phases as events, made only while somebody wants them, and no more than so many a second: a job that
/// floods its log must not push out what others wait for.
final class LineFeed: Sendable {
    private struct State {
        var tails: [LogName: LineTail] = [:]
        /// Lines that may still be sent in the present second.
        var budget = LineFeed.linesPerSecond
        var second: Int64 = 0
        var started: StartedAttempts?
        /// All that ran was looked at once: whatever else runs began after that.
        var hasSeenAll = false
    }

    private let hub: EventHub
    private let listener: LogListener
    private let state = Mutex(State())

    static let linesPerSecond = 2_000
    private static let attempts = 256

    init(_ hub: EventHub) {
        self.hub = hub
        listener = LogListener(hub.logs)
        listener.listenToAll()
    }

    /// Runs until the hub stops.
    func run() async {
        while true {
            let news = await listener.wait()
            if news.contains(.stopped) { return }
            let (lines, phases) = (try? await offloaded { () throws(FarmError) in try self.look(news) }) ?? ([], [])
            hub.publish(lines: lines)
            hub.publish(phases)
        }
    }

    private func look(_ news: LogNews) throws(FarmError) -> (lines: [LiveEvent], phases: [LiveEvent]) {
        try state.withLock { state throws(FarmError) in
            guard let since = hub.interests.logsWantedSince else {
                state = State()
                listener.watch([])
                return ([], [])
            }
            let ended = news == .grown ? [] : try reload(&state, since)
            let second = Clock.boottimeMilliseconds / 1_000
            if state.second != second { (state.second, state.budget) = (second, Self.linesPerSecond) }
            let builds = hub.interests.want(LiveType.logLine) ? hub.interests.buildsOfLines : []
            var (lines, phases) = ([] as [LiveEvent], [] as [LiveEvent])
            for name in Array(state.tails.keys) {
                let isWanted = builds.map { $0.contains(name.build) } ?? true
                let limit = isWanted ? state.budget : 0
                let hasEnded = ended.contains(name)
                guard let found = try state.tails[name]?.look(atMost: limit, hasEnded: hasEnded, in: hub.store),
                    let tail = state.tails[name]
                else { continue }
                state.budget -= found.lines.count
                let maker = LineEvents(tail, in: hub)
                if isWanted { lines += maker.lines(found) }
                phases += maker.phases(found)
            }
            for name in ended { state.tails[name] = nil }
            return (lines, phases)
        }
    }

    /// Finds out what runs now, and what ran meanwhile. What began after somebody wanted lines is told from its first line on.
    /// - Returns: What does not run any more.
    private func reload(_ state: inout State, _ since: Int64) throws(FarmError) -> Set<LogName> {
        var started = state.started ?? StartedAttempts(hub)
        // Before what runs is read: an attempt that is in neither has not begun yet.
        let fresh = started.next()
        var running: Set<LogName> = []
        let jobs = try hub.store.runningJobs(of: nil, atMost: Self.attempts)
        for job in jobs {
            running.insert(job.log)
            guard state.tails[job.log] == nil else { continue }
            state.tails[job.log] = try LineTail(job, isNew: state.hasSeenAll || job.claimedMilliseconds >= since, in: hub.store)
            started.expect(job.log, besides: fresh)
        }
        for job in fresh where state.tails[job.log] == nil { state.tails[job.log] = try LineTail(job, isNew: true, in: hub.store) }
        state.started = started
        state.hasSeenAll = state.hasSeenAll || jobs.count < Self.attempts
        listener.watch(Set(running.flatMap { [.all, .build($0.build), .job($0.build, $0.job)] }))
        return Set(state.tails.keys).subtracting(running)
    }
}

/// Makes events of what an attempt printed.
private struct LineEvents {
    private let tail: LineTail
    private let hub: EventHub
    private let dsynth: DsynthEventFacts?

    init(_ tail: LineTail, in hub: EventHub) {
        self.tail = tail
        self.hub = hub
        var record = EventRecord.made(LiveType.logLine, at: hub.cursor)
        record.build = tail.job.build
        dsynth = DsynthEventContext(store: hub.store, workers: nil).facts(of: record, package: tail.job.identity.name, runner: nil)
    }

    func lines(_ news: LineTail.News) -> [LiveEvent] {
        var dropped = news.dropped
        if news.lines.isEmpty { return dropped == 0 ? [] : [event(LiveType.logLine, ["dropped": .int(Int64(dropped))], nil)] }
        return news.lines.map { line in
            var data: JSONObject = ["line": .string(line.text)]
            data.add("phase", line.phase)
            data.add("dropped", dropped == 0 ? nil : Int64(dropped))
            dropped = 0
            return event(LiveType.logLine, data, line.milliseconds)
        }
    }

    func phases(_ news: LineTail.News) -> [LiveEvent] {
        guard !news.phases.isEmpty, let build = try? hub.store.build(tail.job.build) else { return [] }
        return news.phases.map { phase in
            var data = MadeEvents.progress(build.tally)
            data.add("phase", phase.name)
            data.add("result", phase.result)
            return event(LiveType.progress, data, nil)
        }
    }

    private func event(_ type: String, _ data: JSONObject, _ milliseconds: Int64?) -> LiveEvent {
        var record = EventRecord.made(type, at: hub.cursor)
        record.timeMilliseconds = milliseconds ?? record.timeMilliseconds
        (record.build, record.job, record.attempt) = (tail.job.build, tail.job.id, tail.attempt?.id)
        record.data = data
        record.data?.add("number", Int64(tail.number))
        var event = LiveEvent(record: record, isStored: false, package: tail.job.identity.name, runner: tail.attempt?.runner)
        event.dsynth = dsynth
        return event
    }
}

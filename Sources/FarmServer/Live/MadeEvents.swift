import FarmModel
import FarmStore
import Glibc
import HostSystem
import Synchronization

/// Events that nobody stores: what follows from those that are, and how busy the machine is.
final class MadeEvents: Sendable {
    private let store: Store
    private let interests: LiveInterests
    /// How many attempts each runner had when that was last told.
    private let running = Mutex<[RunnerID: Int]>([:])

    init(_ store: Store, _ interests: LiveInterests) {
        self.store = store
        self.interests = interests
    }

    /// What some stored events mean for builds and workers.
    /// - Parameter cursor: The last stored event.
    func following(_ events: [LiveEvent], at cursor: EventCursor) throws(FarmError) -> [EventRecord] {
        var made: [EventRecord] = []
        if interests.want(LiveType.progress) { made += try progress(events, at: cursor) }
        if interests.want(LiveType.workerStatus) || interests.want(LiveType.workerIdle) { made += try workers(events, at: cursor) }
        return made
    }

    private func progress(_ events: [LiveEvent], at cursor: EventCursor) throws(FarmError) -> [EventRecord] {
        let moved = events.filter { ["job.started", "job.ended", "job.revived"].contains($0.record.event) }
        var made: [EventRecord] = []
        for build in Set(moved.compactMap(\.record.build)) {
            // It may have been removed meanwhile.
            guard let record = try? store.build(build) else { continue }
            var event = EventRecord.made(LiveType.progress, at: cursor)
            event.build = build
            event.data = Self.progress(record.tally)
            made.append(event)
        }
        return made
    }

    /// How far a build is.
    static func progress(_ tally: BuildTally) -> JSONObject {
        [
            "jobs": .int(Int64(tally.total)), "ended": .int(Int64(tally.ended)),
            "fraction": .double(tally.total == 0 ? 0 : Double(tally.ended) / Double(tally.total)),
        ]
    }

    private func workers(_ events: [LiveEvent], at cursor: EventCursor) throws(FarmError) -> [EventRecord] {
        guard events.contains(where: { $0.record.job != nil || $0.runner != nil }) else { return [] }
        let runners = try store.runners()
        let moved = running.withLock { known in
            let moved = runners.filter { known[$0.id] != $0.running }
            known = Dictionary(runners.map { ($0.id, $0.running) }) { first, _ in first }
            return moved
        }
        return moved.map { runner in
            let isBusy = runner.running > 0
            var made = EventRecord.made(isBusy ? LiveType.workerStatus : LiveType.workerIdle, at: cursor)
            made.data = [
                "runner": .string(runner.id.description), "status": .string(isBusy ? "busy" : "idle"),
                "running": .int(Int64(runner.running)), "slots": .int(Int64(runner.slots)),
            ]
            if let newest = events.last(where: { $0.record.event == "job.started" && $0.runner == runner.id })?.record {
                (made.build, made.job, made.attempt) = (newest.build, newest.job, newest.attempt)
            }
            return made
        }
    }

    /// The load of the machine and of its workers.
    func load(at cursor: EventCursor) throws(FarmError) -> EventRecord {
        var loads = [Double](repeating: 0, count: 3)
        _ = getloadavg(&loads, 3)
        let runners = try store.runners()
        var event = EventRecord.made(LiveType.load, at: cursor)
        event.data = [
            "load_avg": .array(loads.map { .double(($0 * 100).rounded() / 100) }),
            "workers_busy": .int(Int64(runners.reduce(0) { $0 + $1.running })),
            "workers_total": .int(Int64(runners.reduce(0) { $0 + $1.slots })),
        ]
        return event
    }
}

extension EventRecord {
    /// An event that is made now.
    /// - Parameter cursor: The stored event before it.
    static func made(_ type: String, at cursor: EventCursor) -> EventRecord {
        EventRecord(cursor: cursor, event: type, timeMilliseconds: Clock.wallMilliseconds)
    }
}

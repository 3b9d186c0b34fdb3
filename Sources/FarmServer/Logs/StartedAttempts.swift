import FarmModel
import FarmStore

/// The attempts that have started, by the events of the farm: a short one may begin and end between two looks at what runs, and its lines
/// are to be told too.
struct StartedAttempts {
    private let hub: EventHub
    /// The number of the first event that was not looked at.
    private var number: Int
    /// Attempts that are followed already and whose event is still to come.
    private var expected: Set<LogName> = []

    private static let pageSize = 1_000

    init(_ hub: EventHub) {
        self.hub = hub
        number = hub.nextNumber
    }

    /// Those whose events came since the last time and that are not followed yet.
    mutating func next() -> [RunningJob] {
        var found: [RunningJob] = []
        while true {
            guard case .events(let events, let next) = hub.slice(from: number, atMost: Self.pageSize) else {
                self = StartedAttempts(hub)
                return found
            }
            guard next > number else { return found }
            number = next
            for event in events where event.isStored && event.record.event == "job.started" {
                guard let name = Self.log(of: event.record), expected.remove(name) == nil else { continue }
                // It may have been removed meanwhile.
                guard let job = try? hub.store.job(name.job) else { continue }
                found.append(RunningJob(job: job, number: name.attempt, claimedMilliseconds: event.record.timeMilliseconds))
            }
        }
    }

    /// Expects the event of an attempt that is followed from now on, if it has not come yet.
    mutating func expect(_ name: LogName, besides found: [RunningJob]) {
        guard !found.contains(where: { $0.log == name }) else { return }
        // Events may have been lost: what they would have said is not waited for without end.
        if expected.count >= Self.pageSize { expected = [] }
        expected.insert(name)
    }

    /// The log of the attempt that an event is about.
    private static func log(of record: EventRecord) -> LogName? {
        guard let build = record.build, let job = record.job, let number = record.data?["number"]?.int else { return nil }
        return LogName(build, job, attempt: Int(number))
    }
}

extension RunningJob {
    /// The name of its log.
    var log: LogName { LogName(job.build, job.id, attempt: number) }
}

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
    /// - Parameter since: Only what was claimed after it, in milliseconds since 1970.
    mutating func next(since: Int64) throws(FarmError) -> [RunningJob] {
        var found: [RunningJob] = []
        while true {
            guard case .events(let events, let next) = hub.slice(from: number, atMost: Self.pageSize) else {
                self = StartedAttempts(hub)
                return found
            }
            guard next > number else { return found }
            number = next
            for event in events where event.isStored && event.record.event == "job.started" {
                guard let job = try attempt(of: event.record), expected.remove(job.log) == nil else { continue }
                if job.claimedMilliseconds >= since { found.append(job) }
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

    private func attempt(of record: EventRecord) throws(FarmError) -> RunningJob? {
        guard let id = record.attempt, let jobID = record.job else { return nil }
        // Both may have been removed meanwhile.
        let attempt = try hub.store.attempts(of: jobID).first { $0.id == id }
        guard let attempt, let job = try? hub.store.job(jobID) else { return nil }
        return RunningJob(job: job, number: attempt.number, claimedMilliseconds: attempt.claimedMilliseconds)
    }
}

extension RunningJob {
    /// The name of its log.
    var log: LogName { LogName(job.build, job.id, attempt: number) }
}

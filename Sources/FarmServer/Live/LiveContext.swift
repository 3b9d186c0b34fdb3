import FarmModel
import FarmStore

/// Adds to events what those who watch want to see beside ids: the job's name and the runner.
struct LiveContext {
    private let store: Store
    private let dsynth: DsynthEventContext

    /// - Parameter workers: Whose numbers are shown; nil for what happened long ago.
    init(_ store: Store, workers: WorkerNumbers?) {
        self.store = store
        dsynth = DsynthEventContext(store: store, workers: workers)
    }

    func complete(_ records: [EventRecord]) throws(FarmError) -> [LiveEvent] {
        var names: [JobID: String?] = [:]
        var runners: [AttemptID: RunnerID?] = [:]
        return try records.map { record throws(FarmError) in
            var event = LiveEvent(record: record, isStored: true)
            if let job = record.job {
                if names[job] == nil { names[job] = .some(try? store.job(job).identity.name) }
                event.package = names[job] ?? nil
            }
            if let attempt = record.attempt {
                if runners[attempt] == nil { runners[attempt] = .some(try? store.attempt(attempt).runner) }
                event.runner = runners[attempt] ?? nil
            }
            if event.runner == nil, case .runner(let runner)? = record.data?["runner"]?.string.flatMap({ try? store.resolve($0) }) {
                event.runner = runner
            }
            event.dsynth = dsynth.facts(of: record, package: event.package, runner: event.runner)
            return event
        }
    }
}

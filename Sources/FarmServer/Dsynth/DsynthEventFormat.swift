import FarmAPI
import FarmModel
import FarmStore

extension EventFormat {
    /// go-dsynth's messages.
    static let dsynth = EventFormat(
        messages: { event in
            guard let facts = event.dsynth else { return [] }
            return DsynthMessage.messages(of: event.record, facts).map { ($0["type"]?.string ?? "", $0) }
        }, sources: DsynthMessage.sources)
}

/// Looks up what events need before they can be told in go-dsynth's words.
struct DsynthEventContext {
    let store: Store
    /// Whose workers are counted; nil for what happened long ago.
    let workers: WorkerNumbers?

    /// The facts of an event; nil for one that go-dsynth's clients know nothing of.
    func facts(of record: EventRecord, package: String?, runner: RunnerID?) -> DsynthEventFacts? {
        if record.event == LiveType.load { return DsynthEventFacts(build: "") }
        guard let build = record.build,
            ["job.started", "job.ended", "attempt.ended", "build.ended", LiveType.progress, LiveType.logLine].contains(
                record.event)
        else { return nil }
        var facts = DsynthEventFacts(build: (try? store.name(of: build, in: DsynthBuilds.dialect)) ?? build.description)
        facts.package = package
        facts.worker = worker(of: record, runner)
        if record.event == "build.ended" { addBuild(build, to: &facts) }
        if record.event == "job.ended", let job = record.job { addJob(job, to: &facts) }
        return facts
    }

    private func worker(of record: EventRecord, _ runner: RunnerID?) -> Int? {
        guard !LiveType.all.contains(record.event), let workers, let job = record.job else { return nil }
        guard record.event == "job.started" else { return workers.end(job) }
        guard let attempt = record.attempt, let runner else { return nil }
        return workers.begin(attempt, of: job, on: runner, in: store)
    }

    private func addJob(_ id: JobID, to facts: inout DsynthEventFacts) {
        guard let job = try? store.job(id) else { return }
        facts.error = job.message ?? job.failure?.rawValue
        if let start = job.startedMilliseconds, let end = job.endedMilliseconds { facts.durationMilliseconds = max(0, end - start) }
        guard job.state == .failed, job.attempts > 0 else { return }
        var index = store.logIndex(LogName(job.build, job.id, attempt: job.attempts))
        try? index.update()
        facts.phase = index.failedPhase(job.failure, message: job.message)?.name
    }

    private func addBuild(_ id: BuildID, to facts: inout DsynthEventFacts) {
        guard let build = try? store.build(id) else { return }
        if let start = build.startedMilliseconds, let end = build.endedMilliseconds { facts.durationMilliseconds = max(0, end - start) }
        guard build.tally.failed > 0 else { return }
        facts.error = "\(build.tally.failed) of \(build.tally.total) packages failed"
    }
}

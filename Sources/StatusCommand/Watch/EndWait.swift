internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Waits until builds, jobs and attempts have ended, with progress on standard error.
struct EndWait {
    let store: any Farm
    let targets: [Target]
    let context: ToolContext
    let isQuiet: Bool

    /// How everything ended: that of the worst.
    /// - Throws: `timedOut`; ``EndedBySignal`` when a signal ends the wait.
    func wait(timeoutMilliseconds: Int64?) throws -> BuildState {
        let watch = try StoreWatch(store)
        let status = StatusLine(in: context)
        defer { status.clear() }
        let start = Clock.boottimeMilliseconds
        var forecasts = ForecastCache(store)
        let end = try watch.run(until: timeoutMilliseconds.map { start + $0 }) { () throws -> BuildState? in
            if let result = try result { return result }
            if !isQuiet { try show(since: start, status, &forecasts) }
            return nil
        }
        switch end {
        case .answer(let state): return state
        case .signal(let signal):
            status.clear()
            if !isQuiet { context.note("stopped waiting; the jobs go on") }
            throw EndedBySignal(number: signal.number)
        case .timeOut, .readerGone:
            throw FarmError(
                .timedOut, "not everything has ended after \(DurationText.text(milliseconds: timeoutMilliseconds ?? 0)); it goes on")
        }
    }

    /// nil while something goes on.
    private var result: BuildState? {
        get throws {
            var states: [BuildState] = []
            for target in targets {
                guard let state = try state(of: target) else { return nil }
                states.append(state)
            }
            let isMixed = states.contains(.partial) || (states.contains(.success) && states.contains { $0 != .success })
            return isMixed ? .partial : states.first { $0 != .success } ?? .success
        }
    }

    private func state(of target: Target) throws -> BuildState? {
        switch target {
        case .build(let build):
            let state = try store.build(build).state
            return state.isTerminal ? state : nil
        case .job(let job): return try end(of: store.job(job).state)
        case .attempt(let attempt):
            let attempt = try store.attempt(attempt)
            guard attempt.state != .running else { return nil }
            return attempt.state == .success ? .success : attempt.state == .cancelled ? .cancelled : .failed
        case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; --wait takes builds, jobs and attempts")
        }
    }

    private func end(of state: JobState) -> BuildState? {
        switch state {
        case .pending, .running: nil
        case .success: .success
        case .cancelled: .cancelled
        case .failed, .skipped: .failed
        }
    }

    private func show(since start: Int64, _ status: StatusLine, _ forecasts: inout ForecastCache) throws {
        var tally = BuildTally()
        var latest: BuildForecast?
        for target in targets {
            if case .build(let build) = target {
                let record = try store.build(build)
                tally += record.tally
                if let forecast = try forecasts.forecast(record), forecast.endMilliseconds > latest?.endMilliseconds ?? 0 {
                    latest = forecast
                }
            }
            if case .job(let job) = target { tally.add(try store.job(job).state) }
        }
        let running = try store.runningJobs(of: nil, atMost: 8).map(\.job.identity.description)
        let progress = BuildProgress(
            tally: tally, elapsedMilliseconds: Clock.boottimeMilliseconds - start, running: running,
            timeLeft: latest?.shortPhrase(now: Clock.wallMilliseconds))
        status.update { progress.line(width: $0, usesUnicode: context.usesUnicode) }
    }
}

public import FarmModel
public import FarmStore
internal import HostSystem

/// Waits for a build, with live progress on standard error. Waiting changes nothing: whoever stops waiting leaves the build running.
public struct BuildWait {
    /// What is waited for.
    public enum Moment: String, Sendable, CaseIterable {
        /// The first job has started.
        case start
        /// The build has ended.
        case end
    }

    private let store: any Farm
    private let build: BuildID
    private let context: ToolContext
    private let isQuiet: Bool

    /// Prepares to wait.
    public init(store: any Farm, build: BuildID, context: ToolContext, isQuiet: Bool) {
        self.store = store
        self.build = build
        self.context = context
        self.isQuiet = isQuiet
    }

    /// The build when the moment has come.
    /// - Throws: `timedOut`; ``EndedBySignal`` when a signal ends the wait.
    public func wait(until moment: Moment, timeoutMilliseconds: Int64?) throws -> BuildRecord {
        let watch = try StoreWatch(store)
        let status = StatusLine(in: context)
        defer { status.clear() }
        let start = Clock.boottimeMilliseconds
        var forecasts = ForecastCache(store)
        let end = try watch.run(until: timeoutMilliseconds.map { start + $0 }) { () throws -> BuildRecord? in
            let record = try store.build(build)
            if record.state.isTerminal || (moment == .start && record.startedMilliseconds != nil) { return record }
            if !isQuiet { try show(record, since: start, status, &forecasts) }
            return nil
        }
        switch end {
        case .answer(let record): return record
        case .signal(let signal): throw interrupted(by: signal, status)
        case .timeOut, .readerGone:
            let patience = DurationText.text(milliseconds: timeoutMilliseconds ?? 0)
            throw FarmError(.timedOut, "\(build) is still \(try store.build(build).state.rawValue) after \(patience); it goes on")
        }
    }

    private func show(_ record: BuildRecord, since start: Int64, _ status: StatusLine, _ forecasts: inout ForecastCache) throws {
        let running = record.tally.running > 0 ? try store.runningNames(of: build, limit: 8) : []
        let timeLeft = try forecasts.forecast(record)?.shortPhrase(now: Clock.wallMilliseconds)
        let progress = BuildProgress(
            tally: record.tally, elapsedMilliseconds: Clock.boottimeMilliseconds - start, running: running, timeLeft: timeLeft)
        status.update { progress.line(width: $0, usesUnicode: context.usesUnicode) }
    }

    private func interrupted(by signal: Signal, _ status: StatusLine) -> EndedBySignal {
        status.clear()
        if !isQuiet { context.note("stopped waiting; \(build) goes on: bf-status \(build), bf-run cancel \(build)") }
        return EndedBySignal(number: signal.number)
    }
}

extension BuildState {
    /// The exit status that tells a result: 0 if all is well or not decided yet, else 1, or 2 for a partial one where that counts.
    public func status(countsPartial: Bool) -> ExitStatus {
        switch self {
        case .pending, .running, .success: .success
        case .partial: countsPartial ? .partial : .failed
        case .failed, .cancelled: .failed
        }
    }
}

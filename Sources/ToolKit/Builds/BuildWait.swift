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

    private let store: Store
    private let build: BuildID
    private let context: ToolContext
    private let isQuiet: Bool

    /// Prepares to wait.
    public init(store: Store, build: BuildID, context: ToolContext, isQuiet: Bool) {
        self.store = store
        self.build = build
        self.context = context
        self.isQuiet = isQuiet
    }

    private static let slowPollMilliseconds: Int64 = 1000

    /// The build when the moment has come.
    /// - Throws: `timedOut`; ``EndedBySignal`` when a signal ends the wait.
    public func wait(until moment: Moment, timeoutMilliseconds: Int64?) throws -> BuildRecord {
        let signals = SignalSet(.interrupt, .terminate, .hangUp)
        let before = SignalMask.block(signals)
        defer { SignalMask.restore(before) }
        let descriptor = try SignalDescriptor(signals)
        let bell = DoorbellWatch(store.directory)
        let status = StatusLine(in: context)
        defer { status.clear() }
        let deadline = timeoutMilliseconds.map { Clock.boottimeMilliseconds + $0 }
        let start = Clock.boottimeMilliseconds
        while true {
            bell.drain()
            let record = try store.build(build)
            if record.state.isTerminal || (moment == .start && record.startedMilliseconds != nil) { return record }
            if let signal = try descriptor.next() { throw interrupted(by: signal, status) }
            let now = Clock.boottimeMilliseconds
            if let deadline, now >= deadline {
                throw FarmError(
                    .timedOut,
                    "\(build) is still \(record.state.rawValue) after \(DurationText.text(milliseconds: timeoutMilliseconds ?? 0)); it goes on"
                )
            }
            if !isQuiet { try show(record, since: start, status) }
            try pause(descriptor, bell, until: deadline)
        }
    }

    private func show(_ record: BuildRecord, since start: Int64, _ status: StatusLine) throws {
        let running = record.tally.running > 0 ? try store.runningNames(of: build, limit: 8) : []
        let progress = BuildProgress(tally: record.tally, elapsedMilliseconds: Clock.boottimeMilliseconds - start, running: running)
        status.update { progress.line(width: $0, usesUnicode: context.usesUnicode) }
    }

    private func pause(_ signals: SignalDescriptor, _ bell: DoorbellWatch, until deadline: Int64?) throws {
        var interests = [Poller.Interest(signals.descriptor, .readable)]
        if let descriptor = bell.descriptor { interests.append(Poller.Interest(descriptor, .readable)) }
        var patience = bell.descriptor == nil ? DoorbellWatch.pollMilliseconds : Self.slowPollMilliseconds
        if let deadline { patience = min(patience, max(0, deadline - Clock.boottimeMilliseconds)) }
        _ = try Poller.wait(interests, timeoutMilliseconds: patience)
    }

    private func interrupted(by signal: Signal, _ status: StatusLine) -> EndedBySignal {
        status.clear()
        if !isQuiet { context.note("stopped waiting; \(build) goes on: bf-status \(build), bf-run cancel \(build)") }
        return EndedBySignal(number: signal.number)
    }
}

extension BuildRecord {
    /// The exit status that tells the build's result: 0 if all is well or not decided yet, else 1, or 2 for a partial one where that counts.
    public func status(countsPartial: Bool) -> ExitStatus {
        switch state {
        case .pending, .running, .success: .success
        case .partial: countsPartial ? .partial : .failed
        case .failed, .cancelled: .failed
        }
    }
}

internal import FarmModel
internal import FarmStore
internal import HostSystem

extension PlanRun {
    /// Draws the conclusions from how a phase ended.
    mutating func judge(
        _ phase: Phase, _ interruption: PhaseWatch.Interruption?, _ ending: PhaseEnding, _ memoryRanOut: Bool, _ record: inout PhaseRecord
    ) {
        switch ending {
        case .exited(let code): record.exitCode = code
        case .signalled(let signal): record.signal = Int(signal.number)
        case .notStarted: break
        }
        if let interruption { return judge(phase, interruption, &record) }
        guard var error = failure(of: phase, ending, memoryRanOut) else { return }
        error.exitCode = record.exitCode
        error.signal = record.signal
        fail(phase, error, &record)
    }

    /// How shells and bubblewrap pass on that a process died by SIGKILL.
    private static let exitAfterKill = 128 + Int(Signal.kill.number)

    private func failure(of phase: Phase, _ ending: PhaseEnding, _ memoryRanOut: Bool) -> ExecutionFailure? {
        if ending == .exited(0) { return nil }
        if case .notStarted(let error) = ending { return error }
        if memoryRanOut {
            let limit = request.plan.limits.memoryBytes.map { " of \(SizeText.text(bytes: $0))" } ?? ""
            return ExecutionFailure(.oom, "phase \(phase.name) ran out of its memory\(limit)")
        }
        // Nobody here has sent it: it was the machine, for instance because its memory ran out, or a person.
        if ending == .signalled(.kill) || ending == .exited(Self.exitAfterKill) {
            return ExecutionFailure(.infrastructure, "phase \(phase.name) was killed from outside (SIGKILL); see the kernel's log")
        }
        switch ending {
        case .exited(let code): return ExecutionFailure(.build, "phase \(phase.name) failed with exit code \(code)")
        case .signalled(let signal): return ExecutionFailure(.build, "phase \(phase.name) was ended by \(signal)")
        case .notStarted(let error): return error
        }
    }

    private mutating func judge(_ phase: Phase, _ interruption: PhaseWatch.Interruption, _ record: inout PhaseRecord) {
        switch interruption {
        case .stopped:
            endJob(stop.reason ?? .cancel)
            return
        case .jobTimeout, .logLimit, .outputLimit: endJob(nil)
        case .brokenLog: isBroken = true
        case .silence, .phaseTimeout: break
        }
        fail(phase, failure(of: phase, interruption), &record)
    }

    private func failure(of phase: Phase, _ interruption: PhaseWatch.Interruption) -> ExecutionFailure {
        let limits = request.plan.limits
        let place = "(in phase \(phase.name))"
        switch interruption {
        case .silence: return ExecutionFailure(.silent, "phase \(phase.name) printed nothing for \(time(limits.silenceMilliseconds))")
        case .phaseTimeout where cleanupDeadline != nil:
            return ExecutionFailure(.timeout, "phase \(phase.name) did not end in the time that is left for cleaning up")
        case .phaseTimeout: return ExecutionFailure(.timeout, "phase \(phase.name) ran longer than \(time(phase.timeoutMilliseconds))")
        case .jobTimeout: return ExecutionFailure(.timeout, "the job ran longer than \(time(limits.wallMilliseconds)) \(place)")
        case .logLimit: return ExecutionFailure(.logLimit, "the log reached its limit of \(SizeText.text(bytes: log.size)) \(place)")
        case .outputLimit: return outputLimitFailure(place)
        case .brokenLog(let error): return ExecutionFailure(.infrastructure, "cannot write the log: \(error)")
        case .stopped: return ExecutionFailure(.infrastructure, "phase \(phase.name) was stopped")
        }
    }

    private func time(_ milliseconds: Int64?) -> String { DurationText.text(milliseconds: milliseconds ?? 0) }

    func outputLimitFailure(_ place: String = "") -> ExecutionFailure {
        let limit = SizeText.text(bytes: request.plan.limits.outputBytes ?? 0)
        return ExecutionFailure(.outputLimit, "the outputs are larger than \(limit)" + (place.isEmpty ? "" : " " + place))
    }

    /// Records a failure. The first one decides; an optional phase fails only for itself, unless the whole job is at its end.
    mutating func fail(_ phase: Phase, _ error: ExecutionFailure, _ record: inout PhaseRecord) {
        record.failure = error.failure
        let isPardoned = phase.isOptional && !isBroken && cleanupDeadline == nil
        if !isPardoned { failure = failure ?? error }
    }

    /// From now on only phases that clean up run, and not for long.
    mutating func endJob(_ reason: StopRequest.Reason?) {
        if stopReason == nil { stopReason = reason }
        cleanupDeadline = cleanupDeadline ?? Clock.boottimeMilliseconds + request.grace.cleanupMilliseconds
    }
}

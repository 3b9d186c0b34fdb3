internal import FarmModel
package import FarmStore
internal import HostSystem

/// Runs the phases of one plan in order, whatever the isolation.
package struct PlanRun {
    let request: ExecutionRequest
    private let launcher: any PhaseLauncher
    let log: LogWriter
    let stop: StopRequest
    private let meter: OutputMeter
    private var records: [PhaseRecord] = []
    /// What the plan fails with.
    var failure: ExecutionFailure?
    var stopReason: StopRequest.Reason?
    /// Set once the plan is to end: until then phases that clean up may run.
    var cleanupDeadline: Int64?
    /// Set when no further phase can run.
    var isBroken = false

    init(_ request: ExecutionRequest, launcher: any PhaseLauncher, log: LogWriter, stop: StopRequest) {
        self.request = request
        self.launcher = launcher
        self.log = log
        self.stop = stop
        meter = OutputMeter(folder: request.workspace.out, limit: request.plan.limits.outputBytes)
    }

    /// Runs a request with the launcher that `makeLauncher` makes, unless something is missing.
    package static func execute(
        _ request: ExecutionRequest, _ log: LogWriter, _ stop: StopRequest, missing: String?, _ onStart: (StartedProcess) -> Void,
        makeLauncher: () throws(ExecutionFailure) -> any PhaseLauncher
    ) -> ExecutionOutcome {
        do throws(ExecutionFailure) {
            if let missing { throw ExecutionFailure(.unsatisfiable, missing) }
            var run = PlanRun(request, launcher: try makeLauncher(), log: log, stop: stop)
            return run.run(onStart: onStart)
        } catch {
            let phases = request.plan.phases.map { phase in
                var record = PhaseRecord(name: phase.name)
                record.skipped = "the environment failed"
                return record
            }
            return ExecutionOutcome(result: .failed(error), phases: phases)
        }
    }

    /// Runs all phases.
    mutating func run(onStart: (StartedProcess) -> Void) -> ExecutionOutcome {
        let groups = request.controlGroups
        let memory = groups?.beginMemoryCount()
        let transferBefore = groups?.transfer()
        for phase in request.plan.phases {
            if stopReason == nil, let reason = stop.reason { endJob(reason) }
            if let reason = reasonToSkip(phase) {
                var record = PhaseRecord(name: phase.name)
                record.skipped = reason
                records.append(record)
            } else {
                run(phase, onStart)
            }
        }
        if failure == nil, stopReason == nil, meter.isOverLimitNow() { failure = outputLimitFailure() }
        let transfer = transferBefore.flatMap { before in groups?.transfer().map { $0 - before } }
        return ExecutionOutcome(result: result, phases: records, peakMemoryBytes: memory?.peakBytes, transfer: transfer)
    }

    private var result: ExecutionOutcome.Result {
        if let stopReason { return .stopped(stopReason) }
        return failure.map { .failed($0) } ?? .success
    }

    private func reasonToSkip(_ phase: Phase) -> String? {
        if isBroken { return "the environment failed" }
        if let cleanupDeadline, Clock.boottimeMilliseconds >= cleanupDeadline { return "no time was left" }
        let isGood = failure == nil && stopReason == nil
        switch phase.condition {
        case .always: return nil
        case .success: return isGood ? nil : "a phase before it failed or the job was ended"
        case .failure: return isGood ? "nothing failed" : nil
        }
    }

    private mutating func run(_ phase: Phase, _ onStart: (StartedProcess) -> Void) {
        var record = PhaseRecord(name: phase.name)
        let start = Clock.boottimeMilliseconds
        record.startMilliseconds = start - request.start
        let cpuBefore = request.controlGroups?.processorTime()
        do {
            try log.beginPhase(phase.name)
            try watch(phase, start, &record, onStart)
        } catch let error as ExecutionFailure {
            fail(phase, error, &record)
        } catch {
            isBroken = true
            fail(phase, ExecutionFailure(.infrastructure, "phase \(phase.name) could not be run: \(error)"), &record)
        }
        record.durationMilliseconds = Clock.boottimeMilliseconds - start
        if let before = cpuBefore, let after = request.controlGroups?.processorTime() {
            record.userMilliseconds = (after.user - before.user) / 1_000
            record.systemMilliseconds = (after.system - before.system) / 1_000
        }
        let word = record.failure?.rawValue ?? (stopReason != nil && cleanupDeadline != nil ? "stopped" : "success")
        try? log.endPhase(phase.name, result: word)
        records.append(record)
    }

    /// Runs the phase until nothing of it lives, and judges it.
    private mutating func watch(
        _ phase: Phase, _ start: Int64, _ record: inout PhaseRecord, _ onStart: (StartedProcess) -> Void
    ) throws {
        let kills = request.controlGroups?.outOfMemoryKills()
        let (readEnd, writeEnd) = try Descriptor.pipe(readEndWaits: false)
        let running = try launch(phase, writeEnd)
        writeEnd.close()
        var watch: PhaseWatch
        do {
            if let identity = running.process {
                onStart(StartedProcess(identity: identity, controlGroups: request.controlGroups?.folders ?? []))
            }
            watch = PhaseWatch(running, output: readEnd, log: log, rules: rules(phase, start), meter: meter)
            try watch.run()
        } catch {
            try? running.endAll()
            _ = try? running.ending(lastOutput: [])
            throw error
        }
        try endAll(running)
        let ending = try running.ending(lastOutput: watch.lastOutput)
        record.isLogClipped = running.isLogClipped
        let hasKilled = kills.map { (request.controlGroups?.outOfMemoryKills() ?? 0) > $0 } ?? false
        judge(phase, watch.interruption, ending, hasKilled || running.hasRunOutOfMemory, &record)
    }

    private mutating func launch(_ phase: Phase, _ output: Descriptor) throws(ExecutionFailure) -> any RunningPhase {
        do {
            return try launcher.start(phase, output: output)
        } catch {
            isBroken = error.failure == .infrastructure
            throw error
        }
    }

    private mutating func endAll(_ running: any RunningPhase) throws(ExecutionFailure) {
        do { try running.endAll() } catch {
            isBroken = true
            throw error
        }
    }

    private func rules(_ phase: Phase, _ start: Int64) -> PhaseWatch.Rules {
        let limits = request.plan.limits
        var rules = PhaseWatch.Rules(signalGrace: request.grace.signalMilliseconds)
        rules.phaseDeadline = phase.timeoutMilliseconds.map { start + $0 }
        rules.silence = limits.silenceMilliseconds
        if let cleanupDeadline {
            // Nobody may hold up the end: neither with time nor with grace.
            rules.phaseDeadline = min(rules.phaseDeadline ?? .max, cleanupDeadline)
            rules.signalGrace = 0
        } else {
            rules.jobDeadline = limits.wallMilliseconds.map { request.start + $0 }
            rules.stop = stop.descriptor
        }
        return rules
    }
}

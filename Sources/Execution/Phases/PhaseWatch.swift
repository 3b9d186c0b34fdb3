internal import FarmModel
internal import FarmStore
internal import HostSystem

/// Follows a running phase from its start until nothing of it lives: passes its output to the log, and ends it for many reasons.
struct PhaseWatch {
    /// When and why a phase is ended. Times are `Clock.boottimeMilliseconds`.
    struct Rules {
        /// The end of the phase's time.
        var phaseDeadline: Int64?
        /// The end of the job's time.
        var jobDeadline: Int64?
        /// The longest time without output, in milliseconds.
        var silence: Int64?
        /// From SIGTERM to SIGKILL, in milliseconds.
        var signalGrace: Int64
        /// Ends the phase when it becomes readable.
        var stop: Descriptor?
    }

    /// Why a phase was ended.
    enum Interruption: Equatable {
        case phaseTimeout, jobTimeout, silence, logLimit, outputLimit, stopped
        case brokenLog(SystemError)

        /// There is no use in asking for an orderly end of what floods a disk.
        var killsAtOnce: Bool {
            switch self {
            case .phaseTimeout, .jobTimeout, .silence, .stopped: false
            case .logLimit, .outputLimit, .brokenLog: true
            }
        }
    }

    private enum State {
        case running
        /// SIGTERM is sent.
        case terminating(killAt: Int64)
        /// The command has ended, its output not yet.
        case draining(until: Int64)
    }

    private static let portion = 64 * 1024
    private static let keptOutput = 512

    private let phase: any RunningPhase
    private let log: LogWriter
    private let rules: Rules
    private let meter: OutputMeter
    private var output: Descriptor?
    private var state = State.running
    private var hasEnded = false
    private var lastActivity: Int64
    /// A reason that was met while events were handled.
    private var pending: Interruption?
    private(set) var interruption: Interruption?
    /// The end of what was printed.
    private(set) var lastOutput: [UInt8] = []

    /// - Parameter output: what the phase prints; reads from it do not wait.
    init(_ phase: any RunningPhase, output: Descriptor, log: LogWriter, rules: Rules, meter: OutputMeter) {
        self.phase = phase
        self.output = output
        self.log = log
        self.rules = rules
        self.meter = meter
        lastActivity = Clock.boottimeMilliseconds
    }

    /// Waits for the end. On return the command has ended or was killed; what it left behind may still live.
    mutating func run() throws(ExecutionFailure) {
        while try !isOver() {
            do { try waitForEvents() } catch { throw ExecutionFailure(.infrastructure, "watching a phase failed: \(error)") }
        }
    }

    private mutating func isOver() throws(ExecutionFailure) -> Bool {
        if hasEnded && output == nil { return true }
        let now = Clock.boottimeMilliseconds
        switch state {
        case .running:
            settleLog(now)
            if let reason = reasonToEnd(now) { try interrupt(reason, now) }
        case .terminating(let killAt):
            if now >= killAt { try kill() }
        case .draining(let until):
            return now >= until
        }
        return false
    }

    private mutating func settleLog(_ now: Int64) {
        guard let time = log.settlesAt, now >= time, pending == nil else { return }
        do throws(SystemError) { try log.settle() } catch { pending = .brokenLog(error) }
    }

    private func reasonToEnd(_ now: Int64) -> Interruption? {
        if let pending { return pending }
        if let deadline = rules.jobDeadline, now >= deadline { return .jobTimeout }
        if let deadline = rules.phaseDeadline, now >= deadline { return .phaseTimeout }
        if let silence = rules.silence, now - lastActivity >= silence { return .silence }
        return meter.isOverLimit(at: now) ? .outputLimit : nil
    }

    private mutating func interrupt(_ reason: Interruption, _ now: Int64) throws(ExecutionFailure) {
        interruption = reason
        if reason.killsAtOnce { return try kill() }
        phase.terminate()
        state = .terminating(killAt: now + rules.signalGrace)
    }

    private mutating func kill() throws(ExecutionFailure) {
        // The end may take its time, which is not that of the output.
        try phase.endAll()
        state = .draining(until: Clock.boottimeMilliseconds + phase.drainMilliseconds)
    }

    /// The next moment at which time alone decides something.
    private var nextStep: Int64 {
        switch state {
        case .running:
            let silence = rules.silence.map { lastActivity + $0 }
            return [rules.jobDeadline, rules.phaseDeadline, silence, meter.nextCheck, log.settlesAt].compactMap { $0 }.min() ?? .max
        case .terminating(let time), .draining(let time): return time
        }
    }

    private mutating func waitForEvents() throws(SystemError) {
        let sources = self.sources
        let timeout = max(0, nextStep - Clock.boottimeMilliseconds)
        let events = try Poller.wait(sources.map { .init($0.descriptor, .readable) }, timeoutMilliseconds: timeout)
        for index in events.keys.sorted() { try react(to: sources[index].source) }
    }

    private enum Source { case output, exit, stop }

    private var sources: [(source: Source, descriptor: Descriptor)] {
        var result: [(Source, Descriptor)] = []
        if let output { result.append((.output, output)) }
        if !hasEnded { result.append((.exit, phase.handle)) }
        if case .running = state, let stop = rules.stop { result.append((.stop, stop)) }
        return result
    }

    private mutating func react(to source: Source) throws(SystemError) {
        switch source {
        case .output: try readOutput()
        case .exit:
            hasEnded = true
            state = .draining(until: Clock.boottimeMilliseconds + phase.drainMilliseconds)
        case .stop: pending = pending ?? .stopped
        }
    }

    private mutating func readOutput() throws(SystemError) {
        guard let bytes = try output?.read(atMost: Self.portion) else { return }
        if bytes.isEmpty {
            output = nil
            return
        }
        lastActivity = Clock.boottimeMilliseconds
        lastOutput = Array((lastOutput + bytes.suffix(Self.keptOutput)).suffix(Self.keptOutput))
        if case .brokenLog = pending { return }
        do {
            if try log.write(bytes[...]) == .full { pending = pending ?? .logLimit }
        } catch {
            pending = .brokenLog(error)
        }
    }
}

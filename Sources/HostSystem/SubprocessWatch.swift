/// Follows a tool from its start to its end.
struct SubprocessWatch {
    /// What the watch waits for; the times are boot times in milliseconds.
    private enum Phase {
        /// The end of the tool, or a reason to end it.
        case running
        /// Its end after SIGTERM; SIGKILL follows.
        case terminating(killAt: Int64)
        /// The end of its output; what still keeps it open is killed.
        case draining(until: Int64)
    }

    /// How long the output may stay open after the tool has ended.
    private static let drainTime: Int64 = 1_000

    private let child: ChildProcess
    private var output: CapturedStream
    private var error: CapturedStream
    private let deadline: Int64
    private let grace: Int64
    private let stop: Descriptor?
    private var phase = Phase.running
    private var hasEnded = false
    private var interruption: SubprocessResult.Interruption?

    init(child: ChildProcess, output: CapturedStream, error: CapturedStream, deadline: Int64, grace: Int64, stop: Descriptor?) {
        self.child = child
        self.output = output
        self.error = error
        self.deadline = deadline
        self.grace = grace
        self.stop = stop
    }

    /// Waits for the end. The child is reaped last, so that its process group keeps its number while it is signalled.
    mutating func run() throws(SystemError) -> SubprocessResult {
        do {
            while try !isOver() { try waitForEvents() }
        } catch {
            try? child.killSession()
            _ = try? child.wait()
            throw error
        }
        if interruption == nil && outputHasEnded { try child.signalGroup(.kill) } else { try child.killSession() }
        return SubprocessResult(exit: try child.wait(), output: output.bytes, error: error.bytes, interruption: interruption)
    }

    private var outputHasEnded: Bool { output.descriptor == nil && error.descriptor == nil }

    /// Takes the steps that the time asks for.
    private mutating func isOver() throws(SystemError) -> Bool {
        if hasEnded && outputHasEnded { return true }
        let now = Clock.boottimeMilliseconds
        switch phase {
        case .running where now >= deadline:
            try interrupt(.deadline)
        case .terminating(let killAt) where now >= killAt:
            try child.killSession()
            phase = .draining(until: now + Self.drainTime)
        case .draining(let until) where now >= until:
            return true
        default: break
        }
        return false
    }

    private mutating func interrupt(_ reason: SubprocessResult.Interruption) throws(SystemError) {
        interruption = reason
        try child.signalGroup(.terminate)
        phase = .terminating(killAt: Clock.boottimeMilliseconds + grace)
    }

    private var nextStep: Int64 {
        switch phase {
        case .running: deadline
        case .terminating(let time), .draining(let time): time
        }
    }

    private mutating func waitForEvents() throws(SystemError) {
        let sources = self.sources
        let timeout = max(0, nextStep - Clock.boottimeMilliseconds)
        let events = try Poller.wait(sources.map { .init($0.descriptor, .readable) }, timeoutMilliseconds: timeout)
        for index in events.keys.sorted() { try react(to: sources[index].source) }
    }

    private enum Source { case output, error, exit, stop }

    private var sources: [(source: Source, descriptor: Descriptor)] {
        var result: [(Source, Descriptor)] = []
        if let descriptor = output.descriptor { result.append((.output, descriptor)) }
        if let descriptor = error.descriptor { result.append((.error, descriptor)) }
        if !hasEnded { result.append((.exit, child.handle)) }
        if case .running = phase, let stop { result.append((.stop, stop)) }
        return result
    }

    private mutating func react(to source: Source) throws(SystemError) {
        switch source {
        case .output:
            try output.read()
            if output.isOverLimit, case .running = phase { try interrupt(.outputLimit) }
        case .error: try error.read()
        case .exit: reactToExit()
        case .stop: if case .running = phase { try interrupt(.stopped) }
        }
    }

    private mutating func reactToExit() {
        hasEnded = true
        if case .draining = phase { return }
        phase = .draining(until: Clock.boottimeMilliseconds + Self.drainTime)
    }
}

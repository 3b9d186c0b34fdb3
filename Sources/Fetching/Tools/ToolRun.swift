internal import HostSystem

/// Runs one fetching tool, in a session of its own that dies with this process, and follows what it prints.
///
/// It is ended, SIGTERM first and SIGKILL 2 s later, when the deadline is reached, when the caller stops it, when it prints nothing for too
/// long, or when the consumer of its output has seen enough. What it leaves running is killed with its session.
struct ToolRun {
    /// Why a tool was ended.
    enum Interruption: Equatable { case deadline, stopped, silent, refused }

    /// How a tool ended.
    struct End {
        let exit: ProcessExit
        /// nil when it ended by itself.
        let interruption: Interruption?

        var isSuccess: Bool { interruption == nil && exit.isSuccess }
    }

    private static let grace: Int64 = 2_000
    private static let drainTime: Int64 = 1_000

    private let child: ChildProcess
    private let context: FetchContext
    private let silence: Int64
    private var output: Descriptor?
    private var error: Descriptor?
    private var lastSign = Clock.boottimeMilliseconds
    private var interruption: Interruption?
    private var killAt = Int64.max
    private var endAt = Int64.max
    private var hasEnded = false

    /// Starts the tool.
    /// - Parameter silence: the longest time without a byte from it, in milliseconds.
    init(_ request: SpawnRequest, _ context: FetchContext, silence: Int64) throws(SystemError) {
        let (outputEnd, outputStart) = try Descriptor.pipe()
        let (errorEnd, errorStart) = try Descriptor.pipe()
        var request = request
        request.standardOutput = outputStart
        request.standardError = errorStart
        request.diesWithParent = true
        child = try SpawnThread.shared.spawn(request)
        outputStart.close()
        errorStart.close()
        self.context = context
        self.silence = silence
        output = outputEnd
        error = errorEnd
    }

    /// Follows the tool to its end.
    /// - Parameters:
    ///   - onOutput: takes the bytes of standard output; false ends the tool.
    ///   - onError: takes the bytes of standard error.
    mutating func finish(onOutput: ([UInt8]) -> Bool, onError: ([UInt8]) -> Void) throws(SystemError) -> End {
        do {
            while try !isOver() { try step(onOutput, onError) }
        } catch {
            try? child.killSession()
            _ = try? child.wait()
            throw error
        }
        try child.killSession()
        return End(exit: try child.wait(), interruption: interruption)
    }

    private mutating func isOver() throws(SystemError) -> Bool {
        let now = Clock.boottimeMilliseconds
        if hasEnded && ((output == nil && error == nil) || now >= endAt) { return true }
        if now >= killAt {
            killAt = .max
            try child.killSession()
        }
        if now >= context.deadline { try interrupt(.deadline) }
        if now >= lastSign + silence { try interrupt(.silent) }
        return false
    }

    private mutating func interrupt(_ reason: Interruption) throws(SystemError) {
        guard interruption == nil, !hasEnded else { return }
        interruption = reason
        killAt = Clock.boottimeMilliseconds + Self.grace
        try child.signalGroup(.terminate)
    }

    private enum Event { case output, error, exit, stop }

    private mutating func step(_ onOutput: ([UInt8]) -> Bool, _ onError: ([UInt8]) -> Void) throws(SystemError) {
        let sources = self.sources
        let next = interruption == nil && !hasEnded ? min(context.deadline, lastSign + silence) : min(killAt, endAt)
        let timeout = max(0, next - Clock.boottimeMilliseconds)
        let events = try Poller.wait(sources.map { .init($0.descriptor, .readable) }, timeoutMilliseconds: timeout)
        for index in events.keys.sorted() { try react(to: sources[index].event, onOutput, onError) }
    }

    private var sources: [(event: Event, descriptor: Descriptor)] {
        var result: [(Event, Descriptor)] = []
        if let output { result.append((.output, output)) }
        if let error { result.append((.error, error)) }
        if !hasEnded { result.append((.exit, child.handle)) }
        if let stop = context.stop, interruption == nil { result.append((.stop, stop)) }
        return result
    }

    private mutating func react(
        to event: Event, _ onOutput: ([UInt8]) -> Bool, _ onError: ([UInt8]) -> Void
    ) throws(SystemError) {
        switch event {
        case .output:
            let bytes = try portion(of: output)
            if bytes.isEmpty { output = nil }
            if interruption == nil, !bytes.isEmpty, !onOutput(bytes) { try interrupt(.refused) }
        case .error:
            let bytes = try portion(of: error)
            if bytes.isEmpty { error = nil }
            if !bytes.isEmpty { onError(bytes) }
        case .exit:
            hasEnded = true
            endAt = Clock.boottimeMilliseconds + Self.drainTime
        case .stop:
            try interrupt(.stopped)
        }
    }

    private mutating func portion(of stream: Descriptor?) throws(SystemError) -> [UInt8] {
        let bytes = try stream?.read(atMost: 64 << 10) ?? []
        if !bytes.isEmpty { lastSign = Clock.boottimeMilliseconds }
        return bytes
    }
}

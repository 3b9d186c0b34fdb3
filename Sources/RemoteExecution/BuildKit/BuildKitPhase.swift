internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem
internal import Synchronization

/// A phase that runs in a container of BuildKit. A task follows it and raises the handle at the end, which is that of the command and of its
/// log both.
final class BuildKitPhase: RunningPhase, Sendable {
    /// How long a killed command may take, in milliseconds.
    private static let patience: Int64 = 60_000
    /// How often the rest of a log that the daemon cuts off is fetched meanwhile.
    private static let tailInterval = Duration.seconds(3)
    /// How often the end of a log is asked for, and the time between, in which a daemon lets go of it.
    private static let lastFetches = (count: 3, pause: Duration.milliseconds(300))

    var process: ProcessIdentity? { nil }
    var handle: Descriptor { ended.descriptor }
    /// The pipe is ours, so its end is sure to come; a long rest of a log may take its time.
    var drainMilliseconds: Int64 { Self.patience }

    private let command: PhaseCommand
    private let run: BuildKitRun
    private let pipe: LogPipe
    private let ended: EventDescriptor
    private let state = Mutex(State())

    private struct State {
        var log = LiveLog()
        /// Something is left out of the log, and there is no file that has it.
        var hasGap = false
        var build: Task<Void, Never>?
        /// The container was started: until then there are uploads and images to wait for.
        var isRunning = false
        var result: Result<PhaseScript.End, any Error>?
        var isKilled = false
        /// Nothing of it can run any more.
        var isOver = false
    }

    /// Starts the phase.
    init(_ command: PhaseCommand, of run: BuildKitRun, pipe: LogPipe) throws(SystemError) {
        self.command = command
        self.run = run
        self.pipe = pipe
        ended = try EventDescriptor()
        let build = Task { await self.follow() }
        state.withLock { $0.build = build }
    }

    /// Whether something of what it printed was lost on the daemon.
    var isLogClipped: Bool { state.withLock { $0.hasGap } }

    private func follow() async {
        let result: Result<PhaseScript.End, any Error>
        do { result = .success(try await end()) } catch { result = .failure(error) }
        let isKilled = state.withLock { state in
            state.result = result
            if case .success = result { state.isOver = true }
            return state.isKilled
        }
        // Whoever killed it sees to the rest.
        if isKilled { return }
        await finishLog()
        finish()
    }

    private func finish() {
        pipe.close()
        try? ended.raise()
    }

    /// Runs the command and says how it ended.
    private func end() async throws -> PhaseScript.End {
        if run.hasShell {
            do { return try await endWrapped() } catch let error as BuildKitError where error.isMissingShell { run.noteMissingShell() }
        }
        guard !command.needsShell else { return .noProgram }
        return try await endBare()
    }

    private func endWrapped() async throws -> PhaseScript.End {
        let sink = EndSink(run.outputs)
        var build = build(command.wrapped.output(command.resultIndex))
        build.export = .local
        build.content.destination = .tree(sink, TreeLimits(bytes: .max))
        let tail = Task { await followTail() }
        let failure: BuildKitError?
        do {
            try await run.daemon.run(build) { event in await self.take(event) }
            failure = nil
        } catch { failure = error }
        // What it fetches must be written before anything else is.
        tail.cancel()
        await tail.value
        if run.outputs.isRefused {
            run.noteOutputs()
            return sink.end ?? .exited(code: 0, logSize: nil)
        }
        if let failure { throw failure }
        guard let end = sink.end else {
            throw ExecutionFailure(.infrastructure, "phase \(command.phase.name) was ended from outside, or its shell was")
        }
        if end == .lost {
            throw ExecutionFailure(
                .infrastructure, "the daemon has lost what the phases before \(command.phase.name) left; see whether its disk is full")
        }
        run.noteBeginning()
        if case .exited(_, _, hasOutputs: true) = end { run.noteOutputs() }
        return end
    }

    private func endBare() async throws -> PhaseScript.End {
        let step = command.bare(outputs: run.bareOutputs)
        do {
            try await run.daemon.run(build(step.output(command.resultIndex))) { event in await self.take(event) }
        } catch {
            if let code = error.exitCode { return .exited(code: code, logSize: nil) }
            throw error
        }
        run.note(step.output(command.resultIndex))
        return .exited(code: 0, logSize: nil)
    }

    private func build(_ output: Output) -> Build {
        var build = Build(.definition(Definition(of: output)), purpose: "phase \(command.phase.name)")
        build.content = run.content
        build.content.secrets = command.secrets
        build.allowsHostNetwork = command.phase.network == .host
        return build
    }

    private func take(_ event: BuildEvent) async {
        if case .step(let step) = event, step.hasStarted, step.name == command.title { state.withLock { $0.isRunning = true } }
        guard case .log(_, let bytes) = event else { return }
        guard run.hasShell else {
            // Nothing else has the rest, so the mark stays where it is.
            state.withLock { state in
                _ = state.log.take(bytes)
                state.hasGap = state.hasGap || state.log.isClipped
            }
            return await pipe.write(bytes[...])
        }
        await pipe.write(state.withLock { $0.log.take(bytes) })
    }

    /// Fetches what the daemon leaves out, while the command runs.
    private func followTail() async {
        while (try? await Task.sleep(for: Self.tailInterval)) != nil {
            if state.withLock({ $0.log.isClipped }) { try? await fetchTail(isOver: false) }
        }
    }

    private func fetchTail(isOver: Bool) async throws(BuildKitError) {
        let sink = LogSink(pipe)
        let offset = state.withLock { $0.log.size }
        let script = PhaseScript(command.number).tail(from: offset)
        defer { state.withLock { $0.log.add(sink.count) } }
        try await run.runOwn(script, purpose: "fetching a log", mounts: [run.places.log(command.number, isOver: isOver)], into: sink)
    }

    /// The rest of the log, if there is one.
    private func finishLog() async {
        let (log, result) = state.withLock { ($0.log, $0.result) }
        guard run.hasShell, case .success(.exited(_, let size?, _)) = result, size > log.size else { return }
        for attempt in 1...Self.lastFetches.count {
            do { try await fetchTail(isOver: true) } catch { break }
            if state.withLock({ $0.log.size }) >= size { return }
            if attempt < Self.lastFetches.count { try? await Task.sleep(for: Self.lastFetches.pause) }
        }
        state.withLock { $0.hasGap = true }
    }

    /// Only a script around the command can pass the signal on; before that runs there is nothing to be tidied up.
    func terminate() {
        guard run.hasShell, state.withLock({ $0.isRunning }) else { return kill() }
        Task { [run, command] in
            try? await run.runOwn(
                PhaseScript(command.number).terminate, purpose: "sending SIGTERM", mounts: [run.places.log(command.number)], into: nil)
        }
    }

    private func kill() { state.withLock { $0.build }?.cancel() }

    func endAll() throws(ExecutionFailure) {
        let (isOver, result) = state.withLock { state in
            if state.result == nil { state.isKilled = true }
            return (state.isOver, state.result)
        }
        if isOver { return }
        if let result, !result.isCancelled {
            state.withLock { $0.isOver = true }
            return try throwIfLost(result)
        }
        // The log is read by whoever waits here.
        pipe.hold()
        do throws(ExecutionFailure) { try confirmEnd() } catch {
            pipe.release()
            finish()
            throw error
        }
        state.withLock { $0.isOver = true }
        pipe.release()
        guard result == nil else { return }
        Task {
            if run.hasShell { try? await fetchTail(isOver: true) }
            finish()
        }
    }

    /// Cancels the build and returns once nothing of the attempt runs any more.
    private func confirmEnd() throws(ExecutionFailure) {
        do {
            try Blocking.run(until: Clock.boottimeMilliseconds + Self.patience) { [self] in
                let build = state.withLock { $0.build }
                build?.cancel()
                await build?.value
                if isRefused { return }
                try await LockConfirmation(run.daemon, run.places.names, run.places.platform).wait()
            }
        } catch {
            let problem = ExecutionFailure(buildKit: error, "the container of phase \(command.phase.name) could not be ended")
            throw ExecutionFailure(.infrastructure, problem.message)
        }
    }

    /// Whether the daemon would not even begin: then nothing of it runs.
    private var isRefused: Bool {
        guard case .failure(let error as BuildKitError)? = state.withLock({ $0.result }) else { return false }
        return error.kind == .refused || error.kind == .unacceptable
    }

    /// A daemon that cannot be reached confirms nothing; it ends what it runs by itself once it notices.
    private func throwIfLost(_ result: Result<PhaseScript.End, any Error>) throws(ExecutionFailure) {
        guard case .failure(let error as BuildKitError) = result, error.kind == .lost || error.kind == .unreachable else { return }
        throw ExecutionFailure(buildKit: error, "phase \(command.phase.name) was lost")
    }

    func ending(lastOutput: [UInt8]) throws(SystemError) -> PhaseEnding {
        let name = command.phase.name
        switch state.withLock({ $0.result }) {
        case .success(.exited(let code, _, _))?:
            // A shell reports a signal as 128 and its number.
            return (129...192).contains(code) ? .signalled(Signal(Int32(code - 128))) : .exited(code)
        case .success(.noDirectory)?:
            let directory = PhasePlaces.sandbox.workingDirectory(command.phase.workingDirectory)
            return .notStarted(ExecutionFailure(.build, "phase \(name): cannot start in \(directory): No such file or directory"))
        case .success(.noProgram)?:
            let program = command.arguments.first ?? ""
            return .notStarted(ExecutionFailure(.build, "phase \(name): cannot execute \(program): No such file or directory"))
        case .success(.lost)?: return killed
        case .failure(let error as BuildKitError)? where error.kind == .cancelled: return killed
        case .failure(let error)?:
            let refusal = (error as? BuildKitError).flatMap(run.refusal)
            return .notStarted(refusal ?? ExecutionFailure(buildKit: error, "phase \(name) could not be run"))
        case nil: return killed
        }
    }

    /// Nobody knows what would have become of it.
    private var killed: PhaseEnding { .notStarted(ExecutionFailure(.infrastructure, "phase \(command.phase.name) was killed")) }
}

extension Result where Success == PhaseScript.End {
    /// This side gave up.
    fileprivate var isCancelled: Bool {
        if case .failure(let error as BuildKitError) = self { return error.kind == .cancelled }
        return false
    }
}

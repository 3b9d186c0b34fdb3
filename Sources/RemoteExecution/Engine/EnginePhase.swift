internal import EngineClient
internal import Execution
internal import FarmModel
internal import HostSystem
internal import Synchronization

/// A phase that runs in a container. A task follows it and raises the handle at the end, which is that of the command and of its output both.
final class EnginePhase: RunningPhase, Sendable {
    /// How a container ended.
    private struct Ending {
        var code = 0
        var hasRunOutOfMemory = false
    }

    /// What is known of the container.
    private struct State {
        /// Set once it has ended.
        var ending: Ending?
        /// Why it is not followed any more.
        var failure: (any Error)?
        /// Whether it was killed from here.
        var wasKilled = false
    }

    /// How often the daemon is asked whether it lives, and how long it may take to say so, in milliseconds.
    private static let heartbeat = (interval: Duration.seconds(5), patience: Int64(15_000))
    /// How long a killed container may take, in milliseconds.
    private static let patience: Int64 = 30_000
    private static let pause = Duration.milliseconds(50)
    /// How long output may come after the end of the command.
    private static let drainTime = Duration.seconds(30)

    var process: ProcessIdentity? { nil }
    var handle: Descriptor { ended.descriptor }
    var hasRunOutOfMemory: Bool { state.withLock { $0.ending?.hasRunOutOfMemory ?? false } }

    private let phase: Phase
    private let client: EngineClient
    private let id: String
    private let isMemoryLimited: Bool
    private let user: String
    private let output: EngineOutput
    private let ended: EventDescriptor
    private let containerEnded: EventDescriptor
    private let state = Mutex(State())

    /// Starts a container that was created.
    /// - Parameters:
    ///   - output: takes what it prints, and is closed here.
    ///   - input: waits for what its standard input gets, if it has one.
    ///   - specification: what it was created as.
    init(
        _ phase: Phase, _ client: EngineClient, _ id: String, output: Descriptor,
        input: (@Sendable () async throws -> [UInt8])?, specification: ContainerSpecification
    ) throws(SystemError) {
        self.phase = phase
        isMemoryLimited = specification.memoryBytes != nil
        user = specification.user ?? "0"
        self.client = client
        self.id = id
        self.output = try EngineOutput(output)
        ended = try EventDescriptor()
        containerEnded = try EventDescriptor()
        Task {
            do { try await self.follow(input) } catch { self.state.withLock { $0.failure = error } }
            self.output.close()
            try? self.containerEnded.raise()
            try? self.ended.raise()
        }
    }

    private enum Event: Sendable {
        case containerEnded
        case outputEnded
        case drained
    }

    /// Returns once the command has ended and all its output is there.
    private func follow(_ input: (@Sendable () async throws -> [UInt8])?) async throws {
        try await withThrowingTaskGroup(of: Event.self) { group in
            let attached = AsyncStream<Void>.makeStream()
            group.addTask {
                try await self.client.attach(self.id, onAttached: { attached.continuation.finish() }) { _, bytes in
                    try await self.output.write(bytes)
                }
                attached.continuation.finish()
                return .outputEnded
            }
            group.addTask {
                for await _ in attached.stream {}
                try Task.checkCancellation()
                try await self.run(input)
                return .containerEnded
            }
            group.addTask { try await self.beat() }
            defer { group.cancelAll() }
            var open = 2
            while open > 0, let event = try await group.next() {
                if event == .drained { break }
                open -= 1
                if event == .containerEnded { group.addTask { try await Self.waitForOutput() } }
            }
        }
    }

    private func run(_ input: (@Sendable () async throws -> [UInt8])?) async throws {
        try await client.startContainer(id)
        let code = try await end(input)
        let ending = Ending(code: code, hasRunOutOfMemory: code == 0 ? false : try await hasNoMemoryLeft(code))
        state.withLock { $0.ending = ending }
        try containerEnded.raise()
    }

    /// The exit code. Whether the input was taken is not always known before.
    private func end(_ input: (@Sendable () async throws -> [UInt8])?) async throws -> Int {
        guard let input else { return try await client.waitForContainer(id) }
        return try await withThrowingTaskGroup(of: Int?.self) { group in
            group.addTask {
                try await self.client.giveInput(input(), to: self.id)
                return nil
            }
            group.addTask { try await self.client.waitForContainer(self.id) }
            defer { group.cancelAll() }
            while let next = try await group.next() {
                if let code = next { return code }
            }
            throw CancellationError()
        }
    }

    /// Podman does not always see why the kernel killed something; nobody else kills the containers of runs.
    private func hasNoMemoryLeft(_ code: Int) async throws -> Bool {
        if try await client.containerState(id)?.hasRunOutOfMemory == true { return true }
        guard isMemoryLimited, code == 128 + Int(Signal.kill.number), !state.withLock({ $0.wasKilled }) else { return false }
        return try await client.daemon().product == .podman
    }

    private static func waitForOutput() async throws -> Event {
        try await Task.sleep(for: drainTime)
        return .drained
    }

    private func beat() async throws -> Event {
        while true {
            try await Task.sleep(for: Self.heartbeat.interval)
            try await client.ping(patience: Self.heartbeat.patience)
        }
    }

    /// All but the container's init get the signal, as in a sandbox. Where there is no shell that could send it, the init gets it.
    func terminate() {
        Task { [client, id, user] in
            do { try await client.execute(["/bin/sh", "-c", "kill -s TERM -1"], in: id, user: user) } catch {
                try? await client.killContainer(id, signal: "TERM")
            }
        }
    }

    func endAll() throws(ExecutionFailure) {
        let isFollowed = state.withLock { $0.failure == nil }
        if state.withLock({ $0.ending != nil }) { return }
        let deadline = Clock.boottimeMilliseconds + Self.patience
        do {
            state.withLock { $0.wasKilled = isFollowed }
            // Daemons know of the end of a container only once its output is taken, and who reads it waits here.
            output.discard()
            try Blocking.run(until: deadline) { [client, id] in
                try await client.killContainer(id)
                while !isFollowed, try await client.containerState(id)?.isRunning == true { try await Task.sleep(for: Self.pause) }
            }
            guard isFollowed else { return }
            let events = try Poller.wait([.init(containerEnded.descriptor, .readable)], timeoutMilliseconds: Self.patience)
            guard !events.isEmpty else { throw Blocking.Interruption.deadline }
        } catch {
            let cause = state.withLock { $0.failure } ?? error
            let problem = ExecutionFailure(cause, "the container of phase \(phase.name) could not be ended")
            throw ExecutionFailure(.infrastructure, problem.message)
        }
    }

    func ending(lastOutput: [UInt8]) throws(SystemError) -> PhaseEnding {
        let state = state.withLock { $0 }
        guard let ending = state.ending, state.failure == nil, !state.wasKilled else {
            return .notStarted(InitMessage.failure(of: phase, refusal: state.failure ?? CancellationError()))
        }
        if let failure = InitMessage.failure(of: phase, code: ending.code, lastOutput) { return .notStarted(failure) }
        // An init reports a signal as shells do.
        return (129...192).contains(ending.code) ? .signalled(Signal(Int32(ending.code - 128))) : .exited(ending.code)
    }
}

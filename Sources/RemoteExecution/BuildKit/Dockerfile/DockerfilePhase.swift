internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem
internal import Synchronization

/// The build of a Dockerfile as a phase. A task does the work and raises the handle at its end.
final class DockerfilePhase: RunningPhase, Sendable {
    /// How long a cancelled build may take, in milliseconds.
    private static let patience: Int64 = 60_000

    var process: ProcessIdentity? { nil }
    var handle: Descriptor { ended.descriptor }
    /// The pipe is ours, so its end is sure to come.
    var drainMilliseconds: Int64 { Self.patience }

    private let pipe: LogPipe
    private let ended: EventDescriptor
    private let state = Mutex(State())

    private struct State {
        var log = VertexLog()
        var build: Task<Void, Never>?
        var result: Result<Void, any Error>?
        var isKilled = false
    }

    /// Starts the work.
    init(_ work: DockerfileWork, pipe: LogPipe) throws(SystemError) {
        self.pipe = pipe
        ended = try EventDescriptor()
        let build = Task { await self.follow(work) }
        state.withLock { $0.build = build }
    }

    var isLogClipped: Bool { state.withLock { $0.log.isClipped } }

    private func follow(_ work: DockerfileWork) async {
        let result: Result<Void, any Error>
        do {
            try await work.run { [self] news in await take(news) }
            result = .success(())
        } catch { result = .failure(error) }
        let (rest, isKilled) = state.withLock { state in
            state.result = result
            return (state.log.finish(), state.isKilled)
        }
        await pipe.write(rest[...])
        // Whoever killed it sees to the rest.
        if !isKilled { finish() }
    }

    private func take(_ news: DockerfileWork.News) async {
        let bytes: [UInt8]
        switch news {
        case .event(let event): bytes = state.withLock { $0.log.take(event, now: Clock.boottimeMilliseconds) }
        case .remark(let text): bytes = Array("\(text)\n".utf8)
        }
        await pipe.write(bytes[...])
    }

    private func finish() {
        pipe.close()
        try? ended.raise()
    }

    /// Nothing can pass a signal on to the commands of a Dockerfile, so they are killed.
    func terminate() { state.withLock { $0.build }?.cancel() }

    func endAll() throws(ExecutionFailure) {
        let isOver = state.withLock { state in
            if state.result == nil { state.isKilled = true }
            return state.result != nil
        }
        if isOver { return }
        // The log is read by whoever waits here.
        pipe.hold()
        defer {
            pipe.release()
            finish()
        }
        do {
            try Blocking.run(until: Clock.boottimeMilliseconds + Self.patience) { [self] in
                let build = state.withLock { $0.build }
                build?.cancel()
                await build?.value
            }
        } catch {
            throw ExecutionFailure(.infrastructure, "the build of the Dockerfile could not be ended: \(error)")
        }
    }

    func ending(lastOutput: [UInt8]) throws(SystemError) -> PhaseEnding {
        switch state.withLock({ $0.result }) {
        case .success?: .exited(0)
        case .failure(let error)?: Self.ending(error)
        case nil: .notStarted(ExecutionFailure(.infrastructure, "the build of the Dockerfile was killed"))
        }
    }

    private static func ending(_ error: any Error) -> PhaseEnding {
        // Whatever ended the command with that number is told in the log.
        if let error = error as? BuildKitError, let code = error.exitCode { return .exited(code) }
        return .notStarted(ExecutionFailure(dockerfile: error))
    }
}

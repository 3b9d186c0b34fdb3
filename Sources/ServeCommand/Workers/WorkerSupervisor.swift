internal import FarmModel
internal import HostSystem
internal import Synchronization

/// Keeps a `bf-run --daemon` running beside the server: one that ends is started again, later each time, and at the end it drains.
final class WorkerSupervisor: Sendable {
    private struct State {
        var child: ChildProcess?
        var isStopping = false
    }

    private let arguments: [String]
    private let environment: [String]
    private let openFiles: Int
    private let note: @Sendable (String) -> Void
    private let state = Mutex(State())

    private static let delays: [Duration] = [.seconds(1), .seconds(2), .seconds(5), .seconds(15), .seconds(60)]
    /// One that has run for so long was not broken: the next start is at once again.
    private static let healthyMilliseconds: Int64 = 60_000

    /// - Parameters:
    ///   - program: The path of bf-run.
    ///   - slots: How many jobs at once.
    ///   - openFiles: How many files it and its jobs may have open, whatever the server may.
    init(
        program: String, slots: Int, state folder: String, environment: [String], openFiles: Int,
        note: @escaping @Sendable (String) -> Void
    ) {
        arguments = [program, "--daemon", "--quiet", "--jobs", String(slots), "--state", folder]
        self.environment = environment
        self.openFiles = openFiles
        self.note = note
    }

    /// Supervises until ``stop()``, and returns when the child has ended after it.
    func run() async {
        var failures = 0
        while !state.withLock(\.isStopping) {
            let start = Clock.boottimeMilliseconds
            let reason: String
            do throws(SystemError) {
                let child = try spawn()
                let exit = await withCheckedContinuation { continuation in
                    let waiting = { @Sendable in continuation.resume(returning: try? child.wait()) }
                    do throws(SystemError) { try Threads.start(waiting) } catch { waiting() }
                }
                reason = exit.map { Self.words(for: $0.ending) } ?? "unknown"
            } catch { reason = "\(error)" }
            if state.withLock(\.isStopping) { return }
            if Clock.boottimeMilliseconds - start > Self.healthyMilliseconds { failures = 0 }
            let delay = Self.delays[min(failures, Self.delays.count - 1)]
            failures += 1
            note("bf-run has ended (\(reason)); it is started again in \(delay)")
            await pause(delay)
        }
    }

    private static func words(for ending: ProcessEnding) -> String {
        switch ending {
        case .exited(let code): "exit status \(code)"
        case .signalled(let signal): "\(signal)"
        }
    }

    private func pause(_ delay: Duration) async {
        let end = ContinuousClock.now + delay
        while !state.withLock(\.isStopping), ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(50)) }
    }

    /// Lets running jobs go on to their ends, and starts no more.
    func stop() {
        let child = state.withLock { state in
            state.isStopping = true
            return state.child
        }
        try? child?.signal(.terminate)
    }

    private func spawn() throws(SystemError) -> ChildProcess {
        var request = SpawnRequest(arguments, environment: environment)
        // Without its server nobody would end it, and the next server would bring another one.
        request.diesWithParent = true
        request.standardError = .standardError
        request.limits.append(ResourceLimit(.openFiles, UInt64(openFiles), hard: .max))
        let child = try SpawnThread.shared.spawn(request)
        let isStopping = state.withLock { state in
            state.child = child
            return state.isStopping
        }
        if isStopping { try child.signal(.terminate) }
        return child
    }
}

internal import FarmStore
internal import HostSystem
internal import Synchronization

/// Compresses the logs of ended attempts, one after the other, on a thread of its own: no job waits for it.
final class LogKeeper: Sendable {
    private let state = Mutex(State())
    private let idle: EventDescriptor

    /// The longest wait at the end of the runner; what is not compressed by then stays as it is.
    private static let longestWaitMilliseconds: Int64 = 10_000

    private struct State {
        var logs: [String] = []
        var isWorking = false
        var isStopped = false
    }

    init() throws(SystemError) { idle = try EventDescriptor() }

    /// Has a log compressed to which nobody writes any more.
    func add(_ log: String) {
        let mustStart = state.withLock { state in
            state.logs.append(log)
            defer { state.isWorking = true }
            return !state.isWorking
        }
        guard mustStart else { return }
        _ = try? idle.lower()
        // Without a thread the log stays as it is.
        do { try Threads.start { [self] in work() } } catch { state.withLock { $0.isWorking = false } }
    }

    /// Waits for what is under way; with `isHurried` it is given up.
    func finish(isHurried: Bool) {
        if !isHurried { wait() }
        state.withLock { $0.isStopped = true }
        wait()
    }

    private func wait() {
        guard state.withLock({ $0.isWorking }) else { return }
        _ = try? Poller.wait([Poller.Interest(idle.descriptor, .readable)], timeoutMilliseconds: Self.longestWaitMilliseconds)
    }

    private func work() {
        while let log = next() {
            // A log that cannot be compressed is as good as before.
            _ = try? LogArchive.compress(log) { !self.state.withLock { $0.isStopped } }
        }
    }

    private func next() -> String? {
        let log = state.withLock { state -> String? in
            guard !state.isStopped, !state.logs.isEmpty else {
                state.isWorking = false
                return nil
            }
            return state.logs.removeFirst()
        }
        if log == nil { try? idle.raise() }
        return log
    }
}

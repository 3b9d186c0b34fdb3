import Execution
import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// Makes sure that nothing of a dead runner's attempt lives on its backend. That may take long, or be impossible for now, so it is asked in the
/// background, and who wants to know comes again.
final class RemoteLeftovers: Sendable {
    private enum Answer { case asking, gone }

    private let store: Store
    private let access: BackendAccess?
    private let notice: @Sendable (String) -> Void
    private let answers = Mutex<[AttemptID: Answer]>([:])

    private static let timeoutMilliseconds: Int64 = 20_000

    /// - Parameter access: nil if this runner reaches no backends; then nothing is ever known to be gone.
    init(store: Store, access: BackendAccess?, notice: @escaping @Sendable (String) -> Void) {
        self.store = store
        self.access = access
        self.notice = notice
    }

    /// Whether the backend has confirmed that nothing of an attempt lives. A backend that was removed from the farm is not asked: whoever removed
    /// it takes it for gone.
    func areGone(_ open: OpenAttempt) throws(FarmError) -> Bool {
        guard let address = open.backend, let backend = try store.backends().first(where: { $0.address == address }) else { return true }
        guard let access else { return false }
        let isGone = answers.withLock { answers in
            if case .gone? = answers[open.attempt] {
                answers[open.attempt] = nil
                return true
            }
            return false
        }
        if !isGone { ask(open, backend, access) }
        return isGone
    }

    private func ask(_ open: OpenAttempt, _ backend: BackendRecord, _ access: BackendAccess) {
        let isFirst = answers.withLock { answers in
            guard answers[open.attempt] == nil else { return false }
            answers[open.attempt] = .asking
            return true
        }
        guard isFirst else { return }
        let isStarted: Void? = try? Threads.start { [self] in
            let answer: Answer?
            do {
                let run = RunName(farm: store.directory.farmName, attempt: open.attempt, runner: open.runner)
                let deadline = Clock.boottimeMilliseconds + Self.timeoutMilliseconds
                try access.executor(for: backend).endLeftovers(of: run, until: deadline)
                answer = .gone
            } catch {
                let reason = (error as? ExecutionFailure)?.message ?? "\(error)"
                notice(
                    "\(open.attempt) is left by a dead runner, and its backend cannot tell whether it lives; it stays running: \(reason)")
                answer = nil
            }
            answers.withLock { $0[open.attempt] = answer }
        }
        if isStarted == nil { answers.withLock { $0[open.attempt] = nil } }
    }
}

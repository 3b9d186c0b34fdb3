internal import Synchronization

/// Knows when all of a tree has come. A daemon calls a build finished once it has sent the last packet; what that leads to on this side, such
/// as the modes of folders and further names of files, takes a little longer.
final class ExportWatch: Sendable {
    private struct State {
        var hasBegun = false
        /// A daemon sends the tree of each platform in a call of its own.
        var open = 0
        var failure: (any Error)?
        /// Nobody waits for the first call any longer.
        var isGivenUp = false

        var isOver: Bool { isGivenUp || hasBegun && open == 0 }
    }

    private let state = Mutex(State())
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    init() { (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// A call of the daemon, from its beginning to the last file.
    func during(_ call: () async throws -> Void) async throws {
        state.withLock { state in
            state.hasBegun = true
            state.open += 1
        }
        do { try await call() } catch {
            end(error)
            throw error
        }
        end(nil)
    }

    /// Waits for the end of all calls; to be asked when the daemon has finished.
    /// - Parameter patience: how long there may be none, in milliseconds.
    /// - Returns: whether there was any.
    /// - Throws: what went wrong in one of them.
    func wait(patience: Int64) async throws -> Bool {
        let limit = Task {
            try await Task.sleep(for: .milliseconds(patience))
            giveUp()
        }
        defer { limit.cancel() }
        changed.yield()
        for await _ in changes where state.withLock({ $0.isOver }) { break }
        try Task.checkCancellation()
        let (failure, hasBegun) = state.withLock { ($0.failure, $0.hasBegun) }
        if let failure { throw failure }
        return hasBegun
    }

    private func end(_ error: (any Error)?) {
        state.withLock { state in
            state.open -= 1
            state.failure = state.failure ?? error
        }
        changed.yield()
    }

    private func giveUp() {
        state.withLock { $0.isGivenUp = !$0.hasBegun }
        changed.yield()
    }
}

import FarmModel
import FarmStore
import NIOCore
import Synchronization

/// A log on its way to one client: waits where the log has nothing new, and keeps nothing for a client that does not come.
final class LogStream: Sendable {
    private struct State {
        var tail: LogTail
        /// What has happened since the last step.
        var news = LogNews.changed
        var hasBegun = false
        var isOver = false
        /// The client has nearly all there is.
        var isClose = false
    }

    /// A piece of a log that is shorter comes to its end.
    private static let shortPiece = 16 << 10

    private let state: Mutex<State>
    private let hub: EventHub
    private let listener: LogListener

    init(_ tail: LogTail, _ hub: EventHub) {
        state = Mutex(State(tail: tail))
        self.hub = hub
        listener = LogListener(hub.logs)
        // The farm is looked at more often while somebody watches.
        _ = hub.join()
    }

    deinit { hub.leave() }

    /// What is to be sent next, perhaps nothing; nil at the end.
    func next() async throws -> ByteBuffer? {
        while true {
            switch try await look() {
            case nil: return nil
            case .bytes(let bytes)?, .end(let bytes)?: return ByteBuffer(bytes: bytes)
            case .nothing?:
                let found = await listener.wait()
                if found.contains(.stopped) { return nil }
                let sign = state.withLock { state in
                    state.news.formUnion(found)
                    return found == .nothing ? state.tail.printer.signOfLife : []
                }
                if !sign.isEmpty { return ByteBuffer(bytes: sign) }
            }
        }
    }

    /// What was just printed is in memory yet: it is read at once, without another thread.
    private func look() async throws -> LogTail.Step? {
        let isFresh = state.withLock { $0.isClose && $0.news.isSubset(of: .grown) }
        return try await isFresh ? step() : offloaded(on: .reading) { () throws(FarmError) in try self.step() }
    }

    /// Nil after the end.
    private func step() throws(FarmError) -> LogTail.Step? {
        try state.withLock { state throws(FarmError) in
            if state.isOver { return nil }
            if !state.hasBegun {
                state.hasBegun = true
                return .bytes(state.tail.printer.start)
            }
            let isChanged = !state.news.isDisjoint(with: [.changed, .nothing])
            state.news = []
            let step = try state.tail.step(isChanged: isChanged, listener)
            switch step {
            case .bytes(let bytes): state.isClose = bytes.count < Self.shortPiece
            case .nothing: state.isClose = true
            case .end: state.isOver = true
            }
            return step
        }
    }
}

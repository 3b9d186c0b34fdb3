internal import FarmAPI
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import Synchronization

/// Notices changes of a farm behind a server: one question after the other that the server answers when something has changed.
final class RemoteWatch: ChangeWatch, LogWatch {
    private let watcher: ChangeWatcher

    init(_ connection: ServerConnection) {
        watcher = ChangeWatcher(connection)
        watcher.ask()
    }

    deinit { watcher.end() }

    var descriptor: Descriptor? { watcher.flag?.descriptor }

    var descriptors: [Descriptor] { descriptor.map { [$0] } ?? [] }

    var isBlind: Bool { watcher.flag == nil }

    func drain() -> Bool { watcher.drain() }

    /// Only logs are watched: that one comes to be is an event.
    func watch(_ folder: LogFolder) -> Bool {
        guard case .job(let build, let job) = folder else { return false }
        return watcher.add(LogState(build: build, job: job))
    }

    func forget(_ folder: LogFolder) { if case .job(_, let job) = folder { watcher.remove(job) } }
}

/// The part of a watch that answers come to, on another thread.
private final class ChangeWatcher: Sendable {
    struct State {
        var cursor: EventCursor?
        var logs: [JobID: LogState] = [:]
        /// Whether more has changed than the size of logs since somebody looked.
        var hasChanged = false
        /// Ends the question that is open; nil while none is.
        var question: (number: Int, end: @Sendable () -> Void)?
        var newest = 0
        /// Nothing is asked before, after a question that failed; in boot-clock milliseconds.
        var rest: Int64 = 0
        var isOver = false
    }

    /// Raised while there is news; nil if the system has no descriptor left.
    let flag = try? EventDescriptor()
    private let connection: ServerConnection
    private let state = Mutex(State())

    private static let path = "\(RemoteFarm.prefix)/changes"
    private static let restMilliseconds: Int64 = 1000

    init(_ connection: ServerConnection) { self.connection = connection }

    /// Asks, unless a question is open or the last one failed just now.
    func ask() {
        let next: (number: Int, request: ChangeRequest)? = state.withLock { state in
            guard state.question == nil, !state.isOver, Clock.boottimeMilliseconds >= state.rest else { return nil }
            state.newest += 1
            state.question = (state.newest, {})
            return (state.newest, ChangeRequest(after: state.cursor, logs: Array(state.logs.values)))
        }
        guard let (number, request) = next else { return }
        let end = connection.post(Self.path, request.wire) { [weak self] in self?.take($0, number) }
        state.withLock { state in if state.question?.number == number { state.question = (number, end) } }
    }

    func end() {
        let question = state.withLock { state in
            state.isOver = true
            return state.question
        }
        question?.end()
    }

    /// Forgets the news, and asks for more.
    func drain() -> Bool {
        _ = try? flag?.lower()
        let hasChanged = state.withLock { state in
            defer { state.hasChanged = false }
            return state.hasChanged
        }
        ask()
        return hasChanged
    }

    /// - Returns: Whether the log was not watched before.
    func add(_ log: LogState) -> Bool {
        let question: (number: Int, end: @Sendable () -> Void)?? = state.withLock { state in
            guard state.logs[log.job] == nil else { return nil }
            state.logs[log.job] = log
            defer { state.question = nil }
            return .some(state.question)
        }
        guard let question else { return false }
        question?.end()
        ask()
        return true
    }

    func remove(_ job: JobID) { state.withLock { _ = $0.logs.removeValue(forKey: job) } }

    private func take(_ value: JSONValue?, _ number: Int) {
        let answer = value.flatMap { try? ChangeAnswer(wire: $0) }
        let isNews: Bool? = state.withLock { state -> Bool? in
            // Another was asked instead of it.
            guard state.question?.number == number else { return nil }
            state.question = nil
            guard let answer else {
                // Whoever looks now meets the reason.
                state.rest = Clock.boottimeMilliseconds + Self.restMilliseconds
                state.hasChanged = true
                return true
            }
            return state.take(answer)
        }
        guard let isNews else { return }
        if isNews { try? flag?.raise() } else { ask() }
    }
}

extension ChangeWatcher.State {
    /// - Returns: Whether anything is new.
    fileprivate mutating func take(_ answer: ChangeAnswer) -> Bool {
        var isNews = answer.cursor != cursor
        if isNews { hasChanged = true }
        cursor = answer.cursor
        for log in answer.logs {
            guard let known = logs[log.job], known != log else { continue }
            isNews = true
            if known.attempts != log.attempts { hasChanged = true }
            logs[log.job] = log
        }
        return isNews
    }
}

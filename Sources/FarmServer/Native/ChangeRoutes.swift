import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird

/// Answers when something has changed: the doorbell of tools that are not here.
struct ChangeRoutes {
    let services: Services

    /// How often logs are looked at.
    private static let logInterval = Duration.milliseconds(20)
    /// After so long the answer comes anyway.
    private static let patience = Duration.seconds(15)

    var routes: [Route] { [Route(.post, "/changes", .changes, wait)] }

    @Sendable private func wait(_ call: Call) async throws -> Reply {
        let request = try ChangeRequest(json: try await call.object())
        let answer = request.logs.isEmpty ? try await event(after: request.after) : try await change(of: request)
        return Reply.json(.ok, answer.json)
    }

    private func event(after known: EventCursor?) async throws -> ChangeAnswer {
        let hub = services.hub
        var (cursor, number) = hub.join()
        defer { hub.leave() }
        guard let known, !cursor.isAfter(known) else { return ChangeAnswer(cursor: cursor, logs: []) }
        cursor = known
        while !hub.isStopped {
            guard case .events(let events, let next) = hub.slice(from: number, atMost: 1_000) else { break }
            number = next
            if let newest = events.last(where: \.isStored)?.record.cursor, newest.isAfter(known) {
                cursor = newest
                break
            }
            if events.isEmpty, await hub.wait(from: number) { break }
        }
        return ChangeAnswer(cursor: cursor, logs: [])
    }

    private func change(of request: ChangeRequest) async throws -> ChangeAnswer {
        let deadline = ContinuousClock.now + Self.patience
        let store = services.store
        while true {
            let answer = try await offloaded { () throws(FarmError) in
                ChangeAnswer(cursor: try store.newestEvent(), logs: try store.states(of: request.logs))
            }
            let isNew = request.after.map(answer.cursor.isAfter) ?? true
            if isNew || answer.logs != request.logs || services.hub.isStopped || ContinuousClock.now >= deadline { return answer }
            try await Task.sleep(for: Self.logInterval)
        }
    }
}

extension EventCursor {
    /// Whether it tells of something later; an epoch begins with a boot, and all of it is later.
    fileprivate func isAfter(_ other: EventCursor) -> Bool { epoch != other.epoch || sequence > other.sequence }
}

extension Store {
    /// How far logs have got; a job that is gone has none.
    fileprivate func states(of logs: [LogState]) throws(FarmError) -> [LogState] {
        try logs.map { known throws(FarmError) in
            var state = LogState(build: known.build, job: known.job)
            do throws(FarmError) { state.attempts = try job(known.job).attempts } catch {
                guard error.status == .noInput else { throw error }
            }
            guard state.attempts > 0 else { return state }
            state.bytes = try log(LogName(known.build, known.job, attempt: state.attempts))?.size() ?? 0
            return state
        }
    }
}

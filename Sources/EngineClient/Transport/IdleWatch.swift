internal import HostSystem
internal import Synchronization

/// Notes when something last happened.
final class Activity: Sendable {
    private let last = Atomic(Clock.boottimeMilliseconds)

    /// It happens now.
    func note() { last.store(Clock.boottimeMilliseconds, ordering: .relaxed) }

    /// Milliseconds since.
    var age: Int64 { Clock.boottimeMilliseconds - last.load(ordering: .relaxed) }
}

/// Ends work during which nothing happens.
enum IdleWatch {
    /// The work did nothing for as long as it may.
    struct Expired: Error {}

    /// Runs `body`, which notes what happens, and cancels it once nothing has happened for `limit` milliseconds; nil waits for ever.
    static func run<Result: Sendable>(
        limit: Int64?, _ body: @escaping @Sendable (Activity) async throws -> Result
    ) async throws -> Result {
        let activity = Activity()
        guard let limit else { return try await body(activity) }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body(activity) }
            group.addTask {
                while activity.age < limit { try await Task.sleep(for: .milliseconds(max(1, limit - activity.age))) }
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else { throw Expired() }
            return result
        }
    }
}

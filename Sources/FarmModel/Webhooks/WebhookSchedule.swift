/// When a message that could not be delivered is sent again.
public enum WebhookSchedule {
    /// After this time a message is given up, in milliseconds since it was made.
    public static let lifeMilliseconds: Int64 = 3 * 86_400_000

    private static let firstDelay: Int64 = 10_000
    private static let longestDelay: Int64 = 4 * 3_600_000

    /// When it is tried again: each wait is twice the one before, from 10 s to 4 h, and up to a quarter longer or shorter, so that what failed
    /// together does not come back together.
    ///
    /// - Parameters:
    ///   - attempts: How often it was tried, at least once.
    ///   - created: When it was made, in milliseconds since 1970, as `now` and the result.
    ///   - jitter: A random number from 0 to 1.
    /// - Returns: nil if it is given up.
    public static func nextAttempt(after attempts: Int, created: Int64, now: Int64, jitter: Double) -> Int64? {
        let doublings = min(max(attempts, 1) - 1, 20)
        let delay = min(firstDelay << Int64(doublings), longestDelay)
        let next = now + Int64(Double(delay) * (0.75 + 0.5 * min(max(jitter, 0), 1)))
        return next <= created + lifeMilliseconds ? next : nil
    }
}

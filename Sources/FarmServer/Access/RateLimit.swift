import Synchronization

/// How many requests a key may send: a bucket that fills evenly, and holds some for a burst.
final class RateLimit: Sendable {
    private struct Bucket {
        var tokens: Double
        var milliseconds: Int64
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    private let perSecond: Double
    private let burst: Double

    /// Full buckets of keys long not seen are forgotten beyond this many.
    private static let memory = 10_000

    /// - Parameter perSecond: Requests a second of one key; five times as many may come at once.
    init(perSecond: Int) {
        self.perSecond = Double(perSecond)
        burst = Double(perSecond) * 5
    }

    /// Takes one request of a key.
    /// - Parameter now: Milliseconds that never go back.
    /// - Returns: nil, or the seconds after which there is one again.
    func take(_ key: String, now: Int64) -> Int? {
        buckets.withLock { buckets in
            if buckets.count > Self.memory { buckets = buckets.filter { level($0.value, now) < burst } }
            var bucket = buckets[key] ?? Bucket(tokens: burst, milliseconds: now)
            bucket = Bucket(tokens: level(bucket, now), milliseconds: now)
            defer { buckets[key] = bucket }
            guard bucket.tokens >= 1 else { return max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up))) }
            bucket.tokens -= 1
            return nil
        }
    }

    private func level(_ bucket: Bucket, _ now: Int64) -> Double {
        min(burst, bucket.tokens + Double(max(0, now - bucket.milliseconds)) / 1_000 * perSecond)
    }
}

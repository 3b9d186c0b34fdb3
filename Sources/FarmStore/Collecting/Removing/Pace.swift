import HostSystem

/// How many things one batch takes, so that it keeps others waiting for a moment only.
struct Pace {
    /// For the next batch.
    private(set) var count: Int

    private static let range = 1...1000
    /// Half of what others may be kept waiting, for the next batch may be slower than the last.
    private static let goal: Int64 = 25

    init(count: Int = 50) { self.count = count }

    /// Runs a batch and learns from the time it took.
    mutating func measuring<T, Failure: Error>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
        let start = Clock.boottimeMilliseconds
        let result = try body()
        let taken = Clock.boottimeMilliseconds - start
        if taken > Self.goal { count = max(count / 2, Self.range.lowerBound) }
        if taken < Self.goal / 2 { count = min(count * 2, Self.range.upperBound) }
        return result
    }
}

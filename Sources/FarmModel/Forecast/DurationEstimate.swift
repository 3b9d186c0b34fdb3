/// How long something took in the past, in milliseconds.
public struct DurationEstimate: Sendable, Hashable {
    /// Half of the times it took no longer.
    public var median: Int64
    /// Nine times of ten it took no longer; never below the median.
    public var ninetieth: Int64

    /// Wraps quantiles that are known.
    public init(median: Int64, ninetieth: Int64) {
        self.median = median
        self.ninetieth = max(median, ninetieth)
    }

    /// The quantiles of some durations in any order; nil if there are none.
    public init?(samples: [Int64]) {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        self.init(median: Self.quantile(0.5, of: sorted), ninetieth: Self.quantile(0.9, of: sorted))
    }

    /// What is between half and nine of ten: how much longer than usual it may well take.
    var spread: Double { Double(ninetieth - median) }

    /// How long it still takes when it has been going on for a while.
    ///
    /// It is never over before it is: beyond the usual time half of what is left of the long one, and beyond that a tenth of what it has taken.
    public func remaining(after elapsed: Int64) -> DurationEstimate {
        let overdue = max((ninetieth - elapsed) / 2, elapsed / 10)
        return DurationEstimate(median: elapsed < median ? median - elapsed : max(0, overdue), ninetieth: max(0, ninetieth - elapsed))
    }

    /// The quantile by linear interpolation between the two nearest values.
    ///
    /// - Parameters:
    ///   - share: From 0 to 1.
    ///   - sorted: At least one value, ascending.
    public static func quantile(_ share: Double, of sorted: [Int64]) -> Int64 {
        let place = share * Double(sorted.count - 1)
        let lower = Int(place)
        guard lower + 1 < sorted.count else { return sorted[sorted.count - 1] }
        let part = place - Double(lower)
        return sorted[lower] + Int64((Double(sorted[lower + 1] - sorted[lower]) * part).rounded())
    }
}

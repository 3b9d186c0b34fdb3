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

    /// How long it still takes when it has been going on for a while: the median of those that took longer than that.
    ///
    /// Between the quantiles that are known, the others are taken to lie on a line; before the median, few end early. What has taken longer than
    /// ever is never taken to be over: a tenth of its time is still to come.
    public func remaining(after elapsed: Int64) -> DurationEstimate {
        let usual = Double(median) + min(share(endedBy: elapsed), 0.8) / 2 / 0.4 * spread
        return DurationEstimate(
            median: max(Int64(usual.rounded()) - elapsed, elapsed / 10), ninetieth: max(ninetieth - elapsed, elapsed / 2))
    }

    /// The share that takes no longer than this, from 0 to 1.
    private func share(endedBy elapsed: Int64) -> Double {
        guard elapsed >= median else {
            let part = Double(elapsed) / Double(median)
            return part * part * part / 2
        }
        return spread > 0 ? 0.5 + 0.4 * Double(elapsed - median) / spread : 1
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

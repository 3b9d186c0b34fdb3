public import FarmModel

/// Counts ended attempts, together or in groups.
public struct StatisticsReader {
    private let store: any Farm
    private let grouping: StatisticsGrouping?
    private let name: String?
    private let since: Int64?

    /// Nobody who writes may wait for a long reader.
    private static let pageSize = 20_000

    /// - Parameters:
    ///   - grouping: What is counted apart; nil for everything together.
    ///   - name: Only packages that fit this pattern.
    ///   - since: Only what ended since, in milliseconds since 1970.
    public init(store: any Farm, grouping: StatisticsGrouping?, name: String? = nil, since: Int64? = nil) {
        self.store = store
        self.grouping = grouping
        self.name = name
        self.since = since
    }

    /// The groups: days, weeks and runners in their order, packages by the time they took, the longest first.
    public func groups() throws(FarmError) -> [(name: String?, statistics: Statistics)] {
        guard let grouping else {
            var all = Statistics()
            try eachSample { all.add($0) }
            return [(nil, all)]
        }
        var groups: [String: Statistics] = [:]
        try eachSample { groups[grouping.group(of: $0), default: Statistics()].add($0) }
        return Self.sorted(groups, by: grouping)
    }

    /// Everything together, and the packages as ``groups()`` has them, in one reading.
    public func wholeAndPackages() throws(FarmError) -> (whole: Statistics, packages: [(name: String?, statistics: Statistics)]) {
        var whole = Statistics()
        var packages: [String: Statistics] = [:]
        try eachSample { sample in
            whole.add(sample)
            packages[StatisticsGrouping.package.group(of: sample), default: Statistics()].add(sample)
        }
        return (whole, Self.sorted(packages, by: .package))
    }

    private static func sorted(
        _ groups: [String: Statistics], by grouping: StatisticsGrouping
    ) -> [(name: String?, statistics: Statistics)] {
        groups.sorted { left, right in
            if grouping == .package, left.value.totalMilliseconds != right.value.totalMilliseconds {
                return left.value.totalMilliseconds > right.value.totalMilliseconds
            }
            return left.key < right.key
        }
        .map { ($0.key, $0.value) }
    }

    private func eachSample(_ body: (HistorySample) -> Void) throws(FarmError) {
        var last: AttemptID?
        while true {
            let page = try store.historySamples(after: last, name: name, since: since, atMost: Self.pageSize)
            for sample in page { body(sample) }
            guard page.count == Self.pageSize, let end = page.last else { return }
            last = end.id
        }
    }
}

/// What became of some attempts: counts, durations and who was busy with them.
public struct Statistics: Sendable, Equatable {
    /// An attempt that took long.
    public struct Slow: Sendable, Equatable {
        /// The attempt.
        public var id: AttemptID
        /// What it built.
        public var name: String
        /// How long it took.
        public var milliseconds: Int64
    }

    /// A runner that worked.
    public struct Busy: Sendable, Equatable {
        /// The runner.
        public var runner: RunnerID
        /// Its machine.
        public var host: String?
        /// How long its attempts took, together.
        public var milliseconds: Int64
    }

    /// Attempts that succeeded.
    public private(set) var success = 0
    /// Attempts that failed, by the class.
    public private(set) var failures: [FailureClass: Int] = [:]
    /// Attempts that were ended by request.
    public private(set) var cancelled = 0
    /// How long all took together, in milliseconds.
    public private(set) var totalMilliseconds: Int64 = 0
    /// In how many milliseconds at least one of them ran.
    public private(set) var busyMilliseconds: Int64 = 0
    /// The start of the first and the end of the last, in milliseconds since 1970.
    public private(set) var span: ClosedRange<Int64>?
    /// The good attempt that took longest.
    public private(set) var slowest: Slow?

    private var durations: [Int64] = []
    private var runners: [RunnerID: Busy] = [:]

    /// Nothing happened.
    public init() {}

    /// Counts an attempt. They must come in the order of their starts.
    public mutating func add(_ sample: HistorySample) {
        count(sample)
        let duration = sample.durationMilliseconds ?? 0
        let start = sample.endedMilliseconds - duration
        let before = span?.upperBound ?? start
        busyMilliseconds += max(0, sample.endedMilliseconds - max(start, before))
        span = min(start, span?.lowerBound ?? start)...max(sample.endedMilliseconds, before)
        totalMilliseconds += duration
        runners[sample.runner, default: Busy(runner: sample.runner, host: sample.host, milliseconds: 0)].milliseconds += duration
    }

    private mutating func count(_ sample: HistorySample) {
        switch sample.state {
        case .success:
            success += 1
            guard let duration = sample.durationMilliseconds else { return }
            durations.append(duration)
            if duration > slowest?.milliseconds ?? -1 { slowest = Slow(id: sample.id, name: sample.name, milliseconds: duration) }
        case .failed: failures[sample.failure ?? .build, default: 0] += 1
        case .cancelled: cancelled += 1
        case .running: break
        }
    }

    /// Attempts that failed.
    public var failed: Int { failures.values.reduce(0, +) }
    /// All attempts.
    public var attempts: Int { success + failed + cancelled }
    /// The part that succeeded of those that were not ended by request, from 0 to 1; nil if there is none.
    public var successRate: Double? { success + failed == 0 ? nil : Double(success) / Double(success + failed) }
    /// How long the good ones took; nil if there is none.
    public var usual: DurationEstimate? { DurationEstimate(samples: durations) }
    /// How many succeeded for each hour in which there was work; nil if that was shorter than a second.
    public var perHour: Double? { busyMilliseconds < 1000 ? nil : Double(success) * 3_600_000 / Double(busyMilliseconds) }
    /// The runner whose attempts took longest, together.
    public var busiest: Busy? {
        runners.values.max { ($0.milliseconds, $0.runner.number) < ($1.milliseconds, $1.runner.number) }
    }

    /// The `stats` record.
    /// - Parameter group: What all of them have in common; nil for all attempts.
    public func json(by grouping: StatisticsGrouping?, group: String?) -> JSONObject {
        let usual = usual
        var object: JSONObject = ["kind": "stats"]
        object.add("by", grouping?.rawValue)
        object.add("group", group)
        object.add("first", span.map { Timestamp.format(milliseconds: $0.lowerBound) })
        object.add("last", span.map { Timestamp.format(milliseconds: $0.upperBound) })
        for (key, number) in [("attempts", attempts), ("success", success), ("failed", failed), ("cancelled", cancelled)] {
            object.add(key, Int64(number))
        }
        object.add("success_rate", successRate.map { .double(Self.rounded($0)) })
        addClasses(to: &object)
        object.add("median_ms", usual?.median)
        object.add("p90_ms", usual?.ninetieth)
        object.add("total_ms", totalMilliseconds)
        object.add("busy_ms", busyMilliseconds)
        object.add("per_hour", perHour.map { .double(Self.rounded($0)) })
        addExtremes(to: &object)
        return object
    }

    private func addClasses(to object: inout JSONObject) {
        let members = FailureClass.allCases.compactMap { failure in
            failures[failure].map { JSONObject.Member(key: failure.rawValue, value: .int(Int64($0))) }
        }
        if !members.isEmpty { object.add("classes", .object(JSONObject(uniqueMembers: members))) }
    }

    private func addExtremes(to object: inout JSONObject) {
        if let slowest {
            let members: JSONObject = [
                "id": .string(slowest.id.description), "name": .string(slowest.name), "duration_ms": .int(slowest.milliseconds),
            ]
            object.add("slowest", .object(members))
        }
        if let busiest {
            var members: JSONObject = ["runner": .string(busiest.runner.description)]
            members.add("host", busiest.host)
            members.add("total_ms", busiest.milliseconds)
            object.add("busiest", .object(members))
        }
    }

    /// More digits would only look exact.
    private static func rounded(_ number: Double) -> Double { (number * 10_000).rounded() / 10_000 }
}

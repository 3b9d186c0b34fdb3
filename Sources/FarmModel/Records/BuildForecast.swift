/// When a build will be done, as tools show it.
public struct BuildForecast: Sendable, Equatable {
    /// When it will probably be done, in milliseconds since 1970.
    public var endMilliseconds: Int64
    /// By when it will be done nine times of ten.
    public var ninetiethMilliseconds: Int64
    /// How many of the remaining jobs were never built, so that their time is a guess.
    public var unknown: Int
    /// The first jobs of the longest chain of needs that is left, by name.
    public var criticalPath: [String]

    /// Creates a forecast.
    public init(endMilliseconds: Int64, ninetiethMilliseconds: Int64, unknown: Int, criticalPath: [String]) {
        self.endMilliseconds = endMilliseconds
        self.ninetiethMilliseconds = ninetiethMilliseconds
        self.unknown = unknown
        self.criticalPath = criticalPath
    }

    /// The time left for people: `done in about 3m20s (90 %: 4m), 2 jobs never built before`.
    /// - Parameter now: In milliseconds since 1970.
    public func phrase(now: Int64) -> String {
        let guess = unknown == 0 ? "" : ", \(unknown) \(unknown == 1 ? "job" : "jobs") never built before"
        return "done in about \(Self.rough(endMilliseconds - now)) (90 %: \(Self.rough(ninetiethMilliseconds - now)))" + guess
    }

    /// The time left in few letters: `3m20s left (90 %: 4m)`.
    public func shortPhrase(now: Int64) -> String {
        "\(Self.rough(endMilliseconds - now)) left (90 %: \(Self.rough(ninetiethMilliseconds - now)))"
    }

    /// Whole seconds: more would only flicker.
    private static func rough(_ milliseconds: Int64) -> String {
        DurationText.text(milliseconds: max(1, (milliseconds + 500) / 1000) * 1000)
    }

    /// The members of a `build` record.
    func add(to object: inout JSONObject) {
        object.add("eta", Timestamp.format(milliseconds: endMilliseconds))
        object.add("eta_p90", Timestamp.format(milliseconds: ninetiethMilliseconds))
        if unknown > 0 { object.add("eta_unknown", Int64(unknown)) }
        object.add("critical_path", .array(criticalPath.map(JSONValue.string)))
    }
}

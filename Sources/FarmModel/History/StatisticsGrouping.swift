/// By what attempts are counted together.
public enum StatisticsGrouping: String, Sendable, CaseIterable {
    /// The day on which they ended, in UTC.
    case day
    /// The week in which they ended, as ISO 8601 numbers them.
    case week
    /// What they built.
    case package
    /// Who ran them.
    case runner

    /// The name of the group that an attempt belongs to.
    public func group(of sample: HistorySample) -> String {
        switch self {
        case .day: String(Timestamp.format(milliseconds: sample.endedMilliseconds).prefix(10))
        case .week: Self.week(of: sample.endedMilliseconds)
        case .package: sample.name
        case .runner: sample.runner.description
        }
    }

    /// For instance `2026-W47`. The first week of a year is the one with its first Thursday.
    static func week(of milliseconds: Int64) -> String {
        let days = Int((milliseconds - Timestamp.range.lowerBound) / 86_400_000)
        // The first day of the year 0 was a Saturday.
        let thursday = days - (days + 5) % 7 + 3
        let year = CalendarDate(daysSinceYearZero: thursday).year
        let newYear = CalendarDate(year: year, month: 1, day: 1)?.daysSinceYearZero ?? thursday
        let week = (thursday - newYear) / 7 + 1
        return "\(year)-W" + (week < 10 ? "0" : "") + "\(week)"
    }
}

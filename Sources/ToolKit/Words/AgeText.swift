internal import FarmModel

/// How long ago something was, for people.
public enum AgeText {
    /// For instance `3m ago`, to one unit; `now` below a second, and for times to come, which clocks that differ bring about.
    ///
    /// - Parameters:
    ///   - milliseconds: The time, in milliseconds since 1970.
    ///   - now: The present, in milliseconds since 1970.
    public static func of(_ milliseconds: Int64, now: Int64) -> String {
        let age = now - milliseconds
        guard age >= 1000 else { return "now" }
        return DurationText.text(milliseconds: rounded(age)) + " ago"
    }

    /// Rounded down to the largest unit that it has one of.
    private static func rounded(_ age: Int64) -> Int64 {
        for unit: Int64 in [86_400_000, 3_600_000, 60_000] where age >= unit { return age - age % unit }
        return age - age % 1000
    }
}

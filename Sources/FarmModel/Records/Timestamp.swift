/// Points of time as RFC 3339 text in UTC, from and to milliseconds since 1970-01-01T00:00:00Z, in the proleptic Gregorian calendar.
public enum Timestamp {
    /// The milliseconds that can be written: the years 0000 to 9999.
    public static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// For instance `2026-11-20T23:30:00.123Z`. What is outside `range` is written as its nearest end.
    public static func format(milliseconds: Int64) -> String {
        let clamped = min(max(milliseconds, range.lowerBound), range.upperBound)
        let sinceYearZero = clamped - range.lowerBound
        let (days, timeOfDay) = sinceYearZero.quotientAndRemainder(dividingBy: 86_400_000)
        let date = CalendarDate(daysSinceYearZero: Int(days))
        let time = Int(timeOfDay)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func append(_ number: Int, _ digits: Int, _ end: Unicode.Scalar) {
            var divisor = 1
            for _ in 1..<digits { divisor *= 10 }
            while divisor > 0 {
                text.append(UInt8(48 + number / divisor % 10))
                divisor /= 10
            }
            text.append(UInt8(ascii: end))
        }
        append(date.year, 4, "-")
        append(date.month, 2, "-")
        append(date.day, 2, "T")
        append(time / 3_600_000, 2, ":")
        append(time / 60_000 % 60, 2, ":")
        append(time / 1_000 % 60, 2, ".")
        append(time % 1_000, 3, "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// The milliseconds since 1970 of an RFC 3339 date-time; nil when it is none, or outside `range`.
    ///
    /// `T` and `Z` may be small; any number of digits may follow the seconds, of which those beyond milliseconds are dropped; offsets as
    /// `+02:00` are taken into account. A leap second counts as the first second of the next minute.
    public static func parse(_ text: String) -> Int64? {
        var scanner = TimestampScanner(text)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T", or: "t"), let date = CalendarDate(year: year, month: month, day: day),
            let hour = scanner.number(2), hour < 24, scanner.skip(":"), let minute = scanner.number(2), minute < 60, scanner.skip(":"),
            let second = scanner.number(2), second <= 60, let fraction = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd
        else { return nil }
        let seconds = date.daysSinceYearZero * 86_400 + hour * 3_600 + minute * 60 + second - offset
        let milliseconds = range.lowerBound + Int64(seconds * 1_000 + fraction)
        return range.contains(milliseconds) ? milliseconds : nil
    }
}

/// Reads the parts of an RFC 3339 date-time.
private struct TimestampScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(_ digits: Int) -> Int? {
        let part = rest.prefix(digits)
        guard part.count == digits, part.allSatisfy(Self.isDigit) else { return nil }
        rest = rest.dropFirst(digits)
        return part.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool { skip(any: [character]) }

    mutating func skip(_ character: Unicode.Scalar, or other: Unicode.Scalar) -> Bool { skip(any: [character, other]) }

    /// Milliseconds of the optional fraction.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        let digits = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : (Array(digits.prefix(3)) + [48, 48]).prefix(3).reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if skip("Z", or: "z") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard skip("+", or: "-"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -60 : 60)
    }

    private mutating func skip(any characters: [Unicode.Scalar]) -> Bool {
        guard let first = rest.first, characters.contains(where: { UInt8(ascii: $0) == first }) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}

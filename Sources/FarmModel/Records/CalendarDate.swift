/// A day of the proleptic Gregorian calendar, from the year 0 on.
struct CalendarDate: Equatable {
    let year: Int
    let month: Int
    let day: Int

    private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]
    /// The days of 400 years, after which the calendar repeats.
    private static let daysOfCycle = 146_097

    /// A day that exists, else nil.
    init?(year: Int, month: Int, day: Int) {
        guard year >= 0, 1...12 ~= month, day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that many days (at least 0) after 0000-01-01.
    init(daysSinceYearZero days: Int) {
        // The mean length of a year gives the year or, near its start, one too many or too few.
        var year = days * 400 / Self.daysOfCycle
        while Self.daysBefore(year) > days { year -= 1 }
        while Self.daysBefore(year + 1) <= days { year += 1 }
        var month = 1
        while days - Self.daysBefore(year) >= Self.daysBefore(month: month + 1, of: year) { month += 1 }
        self.year = year
        self.month = month
        day = days - Self.daysBefore(year) - Self.daysBefore(month: month, of: year) + 1
    }

    var daysSinceYearZero: Int { Self.daysBefore(year) + Self.daysBefore(month: month, of: year) + day - 1 }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func days(in month: Int, of year: Int) -> Int {
        daysBefore(month: month + 1, of: year) - daysBefore(month: month, of: year)
    }

    /// Days of the years before this one: the year 0 is a leap year.
    private static func daysBefore(_ year: Int) -> Int { 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400 }

    private static func daysBefore(month: Int, of year: Int) -> Int { daysBeforeMonth[month - 1] + (month > 2 && isLeap(year) ? 1 : 0) }
}

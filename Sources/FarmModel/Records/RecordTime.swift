/// Times as records write them: RFC 3339 in UTC with milliseconds.
public enum RecordTime {
    /// `2026-11-20T23:30:00.123Z` from milliseconds since 1970.
    public static func text(_ milliseconds: Int64) -> String {
        let (days, inDay) = (floorDivide(milliseconds, 86_400_000), floorModulo(milliseconds, 86_400_000))
        let (year, month, day) = civil(fromDays: days)
        let seconds = inDay / 1000
        return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T" + pad(seconds / 3600, 2) + ":" + pad(seconds / 60 % 60, 2)
            + ":" + pad(seconds % 60, 2) + "." + pad(inDay % 1000, 3) + "Z"
    }

    /// Milliseconds since 1970 from RFC 3339 text with `Z` or an offset; nil if it is anything else.
    public static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, separators(in: bytes), let year = number(bytes, 0, 4), let month = number(bytes, 5, 2),
            let day = number(bytes, 8, 2), let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2),
            let second = number(bytes, 17, 2), (1...12).contains(month), (1...daysIn(month, of: year)).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var index = 19
        let fraction = takeFraction(bytes, &index)
        guard let fraction, let offset = offsetMinutes(bytes[index...]) else { return nil }
        let minutes = (days(fromCivil: year, month, day) * 24 + hour) * 60 + minute - offset
        return (minutes * 60 + second) * 1000 + fraction
    }

    private static func separators(in bytes: [UInt8]) -> Bool {
        let places: [(Int, [UInt8])] = [(4, [45]), (7, [45]), (10, [84, 116, 32]), (13, [58]), (16, [58])]
        return places.allSatisfy { $0.1.contains(bytes[$0.0]) }
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for byte in bytes[start..<start + count] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        return value
    }

    private static func takeFraction(_ bytes: [UInt8], _ index: inout Int) -> Int64? {
        guard index < bytes.count, bytes[index] == 46 else { return 0 }
        index += 1
        let start = index
        var milliseconds: Int64 = 0
        var weight: Int64 = 100
        while index < bytes.count, (48...57).contains(bytes[index]) {
            milliseconds += weight * Int64(bytes[index] - 48)
            weight /= 10
            index += 1
        }
        return index > start ? milliseconds : nil
    }

    private static func offsetMinutes(_ rest: ArraySlice<UInt8>) -> Int64? {
        let bytes = Array(rest)
        if bytes == [90] || bytes == [122] { return 0 }
        guard bytes.count == 6, bytes[0] == 43 || bytes[0] == 45, bytes[3] == 58, let hours = number(bytes, 1, 2),
            let minutes = number(bytes, 4, 2), hours < 24, minutes < 60
        else { return nil }
        return (bytes[0] == 45 ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    private static func floorModulo(_ value: Int64, _ divisor: Int64) -> Int64 { value - floorDivide(value, divisor) * divisor }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1970 to year, month, day of the proleptic Gregorian calendar, counted in eras of 400 years from March.
    private static func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

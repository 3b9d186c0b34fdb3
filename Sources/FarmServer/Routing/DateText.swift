import Glibc
import HostSystem
import Synchronization

/// The time as the Date header has it, made once a second.
final class DateText: Sendable {
    private let known = Mutex<(second: Int64, text: String)>((-1, ""))

    var now: String {
        let second = Clock.wallMilliseconds / 1_000
        return known.withLock { known in
            if known.second != second { known = (second, Self.text(second)) }
            return known.text
        }
    }

    /// IMF-fixdate (RFC 9110 section 5.6.7).
    static func text(_ second: Int64) -> String {
        var time = time_t(second)
        var parts = tm()
        gmtime_r(&time, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }
}

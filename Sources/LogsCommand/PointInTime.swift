internal import ArgumentParser
internal import FarmModel

/// A point in time as people give it.
enum PointInTime: Equatable, ExpressibleByArgument {
    /// Milliseconds since 1970.
    case at(Int64)
    /// So many milliseconds before now.
    case ago(Int64)

    /// A duration before now, an RFC 3339 time, or a day, which begins at midnight UTC.
    init?(argument: String) {
        if let time = Timestamp.parse(argument) ?? Timestamp.parse(argument + "T00:00:00Z") {
            self = .at(time)
        } else if let span = DurationText.milliseconds(argument) {
            self = .ago(span)
        } else {
            return nil
        }
    }

    /// Milliseconds since 1970.
    func wallMilliseconds(now: Int64) -> Int64 {
        switch self {
        case .at(let time): time
        case .ago(let span): now - span
        }
    }
}

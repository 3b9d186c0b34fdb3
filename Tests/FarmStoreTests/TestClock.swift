import FarmModel
import Synchronization

/// A clock that moves only when it is told to.
final class TestClock: Sendable {
    private let moment = Mutex(Moment(wallMilliseconds: 1_800_000_000_000, bootMilliseconds: 1_000_000, bootIdentifier: "boot-1"))

    var now: Moment { moment.withLock { $0 } }

    func advance(_ milliseconds: Int64) {
        moment.withLock {
            $0.wallMilliseconds += milliseconds
            $0.bootMilliseconds += milliseconds
        }
    }

    /// The machine starts again.
    func reboot() {
        moment.withLock {
            $0.bootMilliseconds = 5_000
            $0.bootIdentifier += "+"
        }
    }
}

import FarmModel
import HostSystem

/// Why an attempt could not go on.
struct AttemptFailure: Error {
    var failure: FailureClass
    var message: String

    init(_ failure: FailureClass, _ message: String) {
        self.failure = failure
        self.message = message
    }

    /// What was wrong with the input fails the job for good; everything else is the machine's fault.
    init(_ error: FarmError) {
        switch error.status {
        case .badInput, .noInput, .usage: self.init(.badInput, error.message)
        default: self.init(.infrastructure, error.message)
        }
    }

    /// Runs `body` and turns an error of the farm into a failure of the attempt.
    static func wrap<T>(_ body: () throws(FarmError) -> T) throws(AttemptFailure) -> T {
        do throws(FarmError) { return try body() } catch { throw AttemptFailure(error) }
    }

    /// Runs `body` and turns an error of the operating system into a failure of the attempt: always the machine's fault.
    static func system<T>(_ body: () throws(SystemError) -> T) throws(AttemptFailure) -> T {
        do throws(SystemError) { return try body() } catch { throw AttemptFailure(.infrastructure, error.message) }
    }
}

internal import FarmModel
public import HostSystem

/// What every fetch of an attempt shares: its time, its end, and where it is told what happens.
public struct FetchContext {
    /// The end of its time, in `Clock.boottimeMilliseconds`.
    public let deadline: Int64
    /// Ends the fetch when it becomes readable; it is not read.
    public let stop: Descriptor?
    /// Takes each line for the log, without its end, credentials and control characters.
    public let log: (String) -> Void

    /// A context of a deadline, a descriptor that stops, and a log.
    public init(deadline: Int64, stop: Descriptor? = nil, log: @escaping (String) -> Void = { _ in }) {
        self.deadline = deadline
        self.stop = stop
        self.log = log
    }

    /// Waits, but not past the deadline.
    /// - Throws: when stopped, or when the time is over.
    package func pause(milliseconds: Int64) throws(FetchFailure) {
        let rest = min(milliseconds, deadline - Clock.boottimeMilliseconds)
        let interests = stop.map { [Poller.Interest($0, .readable)] } ?? []
        let events = try FetchFailure.wrap { () throws(SystemError) in
            try Poller.wait(interests, timeoutMilliseconds: max(0, rest))
        }
        if !events.isEmpty { throw .stopped }
        if Clock.boottimeMilliseconds >= deadline { throw .infrastructure("the time for fetching is over") }
    }
}

extension FetchFailure {
    /// Runs `body`; what the operating system refuses is a failure of the infrastructure.
    static func wrap<T>(_ body: () throws(SystemError) -> T) throws(FetchFailure) -> T {
        do throws(SystemError) { return try body() } catch { throw .infrastructure(error.message) }
    }
}

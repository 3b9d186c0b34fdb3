internal import AlpinePackage
public import FarmModel
public import Fetching
internal import HostSystem

/// Why a root file system could not be made of packages.
public struct EnvironmentFailure: Error, Sendable, Equatable {
    /// The class of the attempt's failure; nil when it was stopped.
    public var failureClass: FailureClass?
    /// One line.
    public var message: String
    /// How it came to that, line by line, for the log; often nothing.
    public var details: [String] = []

    /// A failure of a class.
    public init(_ failureClass: FailureClass?, _ message: String) {
        self.failureClass = failureClass
        self.message = message
    }

    /// A failure to fetch something.
    public init(_ failure: FetchFailure) { self.init(failure.failureClass, failure.message) }
}

extension EnvironmentFailure {
    static let stopped = EnvironmentFailure(nil, "stopped")

    init(_ error: FarmError) { self.init(error.status == .badInput ? .badInput : .infrastructure, error.message) }

    init(_ error: SystemError) { self.init(.infrastructure, error.message) }

    init(_ failure: SolverFailure) {
        self.init(.unsatisfiable, failure.message)
        details = failure.lines
    }

    /// Runs `body`; what the operating system refuses is a failure of the infrastructure.
    static func system<T>(_ body: () throws(SystemError) -> T) throws(EnvironmentFailure) -> T {
        do throws(SystemError) { return try body() } catch { throw EnvironmentFailure(error) }
    }

    /// Runs `body`, which fetches something or waits for it.
    static func fetching<T>(_ body: () throws(FetchFailure) -> T) throws(EnvironmentFailure) -> T {
        do throws(FetchFailure) { return try body() } catch { throw EnvironmentFailure(error) }
    }

    /// Runs `body`, which reads packages or indexes.
    static func reading<T>(_ body: () throws(FarmError) -> T) throws(EnvironmentFailure) -> T {
        do throws(FarmError) { return try body() } catch { throw EnvironmentFailure(error) }
    }
}

public import FarmModel
public import HostSystem

/// Why an archive was not unpacked.
public enum UnpackFailure: Error, Sendable, Equatable {
    /// The caller asked to stop.
    case stopped
    /// The time was over.
    case deadline
    /// The archive cannot be read, or holds something that is refused. One line.
    case refused(String)
    /// The files are larger together than this many bytes.
    case tooLarge(Int64)
    /// The operating system failed.
    case system(SystemError)

    /// The class of the attempt's failure; nil when it was stopped.
    public var failureClass: FailureClass? {
        switch self {
        case .stopped: nil
        case .refused, .tooLarge: .badInput
        case .deadline, .system: .infrastructure
        }
    }

    /// One line that says what failed.
    public var message: String {
        switch self {
        case .stopped: "stopped"
        case .deadline: "the time for unpacking was over"
        case .refused(let message): message
        case .tooLarge(let limit): "the archive's files are larger together than \(limit) bytes"
        case .system(let error): error.message
        }
    }

    /// Runs `body` and turns an error of the operating system into a failure.
    static func wrap<T>(_ body: () throws(SystemError) -> T) throws(UnpackFailure) -> T {
        do throws(SystemError) { return try body() } catch { throw .system(error) }
    }

    /// An entry that is refused; `problem` completes "the archive's entry NAME …".
    static func refused(_ path: String, _ problem: String) -> UnpackFailure {
        .refused("the archive's entry \(JSONValue.string(path).text) \(problem)")
    }
}

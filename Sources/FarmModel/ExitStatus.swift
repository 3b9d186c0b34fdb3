/// The exit codes of all bf tools: the one list that manuals and errors refer to. Numbers from 64 up follow `sysexits.h`.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done; for a tool that waits: every job succeeded or was unchanged.
    case success = 0
    /// The answer is "failed": a build or job failed, or a predicate does not hold.
    case failed = 1
    /// Some jobs succeeded and some did not; only with `--partial-exit`.
    case partial = 2
    /// The command line is wrong.
    case usage = 64
    /// A document or record is wrong.
    case badInput = 65
    /// A named file, folder or id does not exist.
    case noInput = 66
    /// Something needed is not installed or does not answer.
    case unavailable = 69
    /// A defect of bf itself.
    case internalError = 70
    /// A result file cannot be created.
    case cannotCreate = 73
    /// Reading or writing failed.
    case inputOutput = 74
    /// Try again later: a lock is held or a cancel is under way.
    case temporary = 75
    /// Permission denied.
    case noPermission = 77
    /// The configuration or the state directory's schema does not fit.
    case configuration = 78
    /// Waiting took longer than `--timeout`.
    case timedOut = 124

    /// One line for the manual's table.
    public var meaning: String {
        switch self {
        case .success: "success, or nothing to do"
        case .failed: "a build or job failed, or the predicate does not hold"
        case .partial: "partly successful (only with --partial-exit)"
        case .usage: "wrong command line"
        case .badInput: "wrong document or record, or a cycle"
        case .noInput: "no such file, folder or id"
        case .unavailable: "a needed program, kernel feature or service is missing"
        case .internalError: "internal error"
        case .cannotCreate: "cannot create a result file"
        case .inputOutput: "read or write error"
        case .temporary: "try again later"
        case .noPermission: "permission denied"
        case .configuration: "configuration or schema does not fit"
        case .timedOut: "waiting timed out"
        }
    }
}

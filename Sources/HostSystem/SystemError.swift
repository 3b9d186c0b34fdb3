internal import CHostSystem
internal import Glibc

/// A system call that failed: what was attempted, on which path, and the reason the kernel gave.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The `errno` value, for instance `ENOENT`.
    public let code: Int32
    /// What was attempted, so that "cannot …" makes a sentence: `open`, `lock`, `execute`.
    public let attempt: String
    /// The path or name it was attempted on, where there is one.
    public let path: String?

    /// An error of `errno` value `code`.
    public init(code: Int32, attempt: String, path: String? = nil) {
        self.code = code
        self.attempt = attempt
        self.path = path
    }

    /// One line, for instance `cannot open /x/y: No such file or directory`. Control characters of the path are shown as `?`.
    public var description: String {
        let place = path.map { " " + $0.withoutControlCharacters } ?? ""
        return "cannot \(attempt)\(place): \(String(cString: bf_error_text(code)))"
    }

    /// The description, and what to do about it where that is known.
    public var message: String { isDiskFull ? "\(self); free some space (bf-gc) and try again" : description }

    /// Nothing is there (`ENOENT`).
    public var isMissing: Bool { code == ENOENT }
    /// Something is there already (`EEXIST`).
    public var isExisting: Bool { code == EEXIST }
    /// The time given for a wait is over (`ETIMEDOUT`).
    public var isTimeout: Bool { code == ETIMEDOUT }
    /// The process is gone (`ESRCH`).
    public var isGone: Bool { code == ESRCH }
    /// A limit of the user or the system on descriptors, instances or watches is reached (`EMFILE`, `ENFILE`, `ENOSPC`).
    public var isLimitReached: Bool { code == EMFILE || code == ENFILE || code == ENOSPC }
    /// Nothing can be read or written without waiting (`EAGAIN`).
    public var wouldBlock: Bool { code == EAGAIN }
    /// The permission is missing (`EACCES`, `EPERM`).
    public var isPermissionDenied: Bool { code == EACCES || code == EPERM }
    /// An owner or attribute that this process may not give, or that its user namespace or the file system does not have (`EPERM`, `EACCES`,
    /// `EINVAL`, `ENOTSUP`).
    public var isAttributeRefused: Bool { isPermissionDenied || code == EINVAL || code == ENOTSUP }
    /// A limit given by the caller was passed (`EFBIG`).
    public var isTooLarge: Bool { code == EFBIG }
    /// No room is left (`ENOSPC`, `EDQUOT`).
    public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}

extension String {
    /// The text with `?` for each control character, so that it stays one line and commands no terminal.
    var withoutControlCharacters: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
    }
}

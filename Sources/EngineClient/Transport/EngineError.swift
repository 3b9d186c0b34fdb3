/// Why a daemon did not do what it was asked.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Problem: Sendable, Equatable {
        /// It answered, but with this status and message.
        case refused(status: Int, message: String)
        /// It accepted the request and did not answer in so many seconds, or stopped in the middle.
        case silent(seconds: Int)
        /// It cannot be reached, or the connection broke.
        case unreachable(String)
        /// It answered what makes no sense.
        case notUnderstood(String)
        /// The caller's own side failed: a file that was to be sent, or a place to write to.
        case local(String)
        /// The caller cancelled it.
        case cancelled
    }

    /// The daemon's address.
    public let address: String
    /// Method and path of the request.
    public let request: String
    /// What went wrong.
    public let problem: Problem

    /// An error of one request.
    public init(address: String, request: String, problem: Problem) {
        self.address = address
        self.request = request
        self.problem = problem
    }

    /// The status of a refusal.
    public var status: Int? { if case .refused(let status, _) = problem { status } else { nil } }

    /// Whether what was asked for does not exist.
    public var isMissing: Bool { status == 404 }

    private static let unknownVisitor = ["no basic auth credentials", "unauthorized", "authentication required", "authorization failed"]

    /// Whether a registry wants to know, or does not believe, who asks it.
    public var isUnauthorized: Bool {
        status == 401 || (status != nil && Self.unknownVisitor.contains(where: reason.lowercased().contains))
    }

    /// Whether it is there, or being done, already.
    public var isConflict: Bool { status == 409 || status == 304 }

    /// One line: which daemon, what was asked, what happened.
    public var description: String { "\(address): \(request): \(reason)" }

    /// What happened, without address and request.
    public var reason: String {
        switch problem {
        case .refused(let status, let message): message.isEmpty ? "it answered with status \(status)" : message
        case .silent(let seconds): "it did not answer within \(seconds) s; see whether the daemon hangs"
        case .unreachable(let reason): "it cannot be reached: \(reason); see whether the daemon runs"
        case .notUnderstood(let what): "its answer is not understood: \(what)"
        case .local(let reason): reason
        case .cancelled: "it was cancelled"
        }
    }

    /// Text of a daemon as one line that a terminal can show.
    static func line(_ text: some StringProtocol) -> String {
        let scalars = text.unicodeScalars.prefix(2_000).map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars)
        return String(line).split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}

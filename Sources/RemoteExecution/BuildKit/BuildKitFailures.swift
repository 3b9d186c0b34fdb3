internal import BuildKitClient
internal import Execution
internal import FarmModel

extension ExecutionFailure {
    /// What an error on the way to or in a BuildKit daemon means for the job.
    /// - Parameter what: what was being done, for instance `the sources could not be sent`.
    init(buildKit cause: any Error, _ what: String) {
        switch cause {
        case let error as ExecutionFailure: self = error
        case let error as BuildKitError: self.init(error.isMissingImage ? .badInput : .infrastructure, "\(what): \(error.message)")
        case let error as FarmError: self.init(.infrastructure, "\(what): \(error.message)")
        case Blocking.Interruption.deadline: self.init(.timeout, "\(what): the time was over")
        default: self.init(.infrastructure, "\(what): \(cause)")
        }
    }
}

extension BuildKitError {
    private static let missingImage = [
        "not found", "pull access denied", "manifest unknown", "invalid reference format", "repository does not exist",
    ]

    private static let unknownVisitor = ["401 unauthorized", "no basic auth credentials", "failed to authorize", "authentication required"]

    /// A registry wants to know, or does not believe, who asks it.
    var isUnauthorized: Bool { kind == .refused && Self.unknownVisitor.contains(where: message.lowercased().contains) }

    /// The image of the plan does not exist, or nobody may have it.
    fileprivate var isMissingImage: Bool {
        kind == .refused && message.contains("image") && Self.missingImage.contains(where: message.contains)
    }

    /// The root has no shell.
    var isMissingShell: Bool {
        kind == .refused && message.contains("/bin/sh") && (message.contains("no such file") || message.contains("not found"))
    }

    /// The exit code in the daemon's words about a command; nil if it does not speak of one.
    var exitCode: Int? {
        guard kind == .refused, let range = message.ranges(of: "exit code: ").last else { return nil }
        return Int(message[range.upperBound...].prefix { $0.isNumber })
    }
}

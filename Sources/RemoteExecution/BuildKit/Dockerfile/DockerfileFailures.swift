internal import BuildKitClient
internal import Execution
internal import FarmModel

extension ExecutionFailure {
    /// What an error in the build of a Dockerfile means for the job.
    init(dockerfile cause: any Error) {
        guard let error = cause as? BuildKitError, error.kind == .refused else {
            self.init(buildKit: cause, "the Dockerfile could not be built")
            return
        }
        self.init(error.dockerfileFault, "the Dockerfile could not be built: \(error.message)")
    }
}

extension BuildKitError {
    /// What a daemon says when the Dockerfile or a name in it is wrong.
    private static let badInput = [
        "dockerfile parse error", "failed to parse", "unknown instruction", "failed to reach build target", "target stage",
        "failed to read dockerfile", "file with no instructions", "invalid reference format", "failed to resolve", "load metadata for",
        "pull access denied", "repository does not exist", "manifest unknown", "unsupported platform", "no match for platform",
    ]
    /// What it says when the Dockerfile may be good.
    private static let machine = [
        "no space left", "connection refused", "connection reset", "i/o timeout", "no such host", "server misbehaving", "tls handshake",
        "context deadline exceeded", "transport is closing", "too many requests", "service unavailable",
    ]
    private static let access = [
        "unauthorized", "authentication required", "no basic auth", "access denied", "authorization failed", "forbidden",
    ]

    /// The class of a refusal.
    fileprivate var dockerfileFault: FailureClass {
        let text = message.lowercased()
        if Self.machine.contains(where: text.contains) { return .infrastructure }
        return (Self.badInput + Self.access).contains(where: text.contains) ? .badInput : .build
    }

    /// A registry does not let the caller in.
    var isRefusedByRegistry: Bool { kind == .refused && Self.access.contains(where: message.lowercased().contains) }
}

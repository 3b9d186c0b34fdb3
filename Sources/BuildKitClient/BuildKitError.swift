/// What went wrong between this process and a BuildKit daemon, or inside the daemon.
public struct BuildKitError: Error, Sendable, Equatable {
    /// Whose fault it is.
    public enum Kind: Sendable, Equatable {
        /// No connection could be made.
        case unreachable
        /// The connection broke, or the daemon stopped answering.
        case lost
        /// The daemon refused or failed what it was asked.
        case refused
        /// The caller gave up.
        case cancelled
        /// What this side gave or received is not acceptable.
        case unacceptable
    }

    /// Whose fault it is.
    public var kind: Kind
    /// One line that names the daemon, what was asked and what is to be done.
    public var message: String

    /// An error of this kind.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

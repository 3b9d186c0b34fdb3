/// What somebody asked for that others may later want to know of. Each makes an event `audit.` and this word.
public enum AuditAction: String, Sendable, CaseIterable {
    /// A token was made.
    case tokenCreated = "token.created"
    /// A token was taken back.
    case tokenRevoked = "token.revoked"
    /// The end of a build, job or attempt was asked for.
    case cancel
    /// Jobs went back to the queue.
    case retry
    /// Starts were stopped.
    case pause
    /// Starts go on.
    case resume
    /// A setting was changed.
    case config
    /// Garbage was collected.
    case gc
    /// A backend was added, changed or removed.
    case backend
    /// Somebody was not let in.
    case refused

    /// The name of its events.
    public var event: String { EventRecord.auditPrefix + rawValue }
}

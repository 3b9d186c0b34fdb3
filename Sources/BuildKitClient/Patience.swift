/// How long a daemon may take. The lower layers wait for ever for a machine that is only silent, so the limits are ours.
public struct Patience: Sendable, Equatable {
    /// For a connection, all of its steps together, in milliseconds.
    public var dial: Int64 = 10_000
    /// For the answer to a question that costs the daemon nothing, in milliseconds.
    public var answer: Int64 = 20_000
    /// Between two questions whether the daemon is still there, in milliseconds.
    public var heartbeat: Int64 = 5_000

    /// 10 s for a connection, 20 s for an answer, a heartbeat each 5 s.
    public init() {}
}

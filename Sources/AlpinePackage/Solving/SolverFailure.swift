/// Why no set of packages is what was asked for.
public struct SolverFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The worst cause, one line without a final full stop.
    public var message: String
    /// The whole chain from what was asked for to the cause, one line each.
    public var lines: [String]

    /// Creates a failure.
    public init(message: String, lines: [String]) {
        self.message = message
        self.lines = lines
    }

    /// The message alone.
    public var description: String { message }
}

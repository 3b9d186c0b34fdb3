/// An error as a person meets it: the exit status it leads to and one line that says what is wrong, where, and what to do next.
public struct FarmError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The exit status of a tool that ends with this error.
    public var status: ExitStatus
    /// One line without a final full stop; no secret ever stands in it.
    public var message: String

    /// Creates an error from its exit status and message.
    public init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The message alone.
    public var description: String { message }
}

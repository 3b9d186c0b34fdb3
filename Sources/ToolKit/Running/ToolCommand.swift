public import ArgumentParser
public import FarmModel

/// The command of a tool: parsed from the command line, then run in a ``ToolContext``.
///
/// A command touches the outside only through its context, so that tests run it as a function.
public protocol ToolCommand: ParsableCommand {
    /// The state directory that the command line names, whose own settings count.
    var stateFolder: String? { get }

    /// The farm that the command line names instead of a state directory; nil for a command that knows only state directories.
    var server: RemoteOptions? { get }

    /// Whether what is asked for is about this machine, wherever the farm is.
    var isLocal: Bool { get }

    /// Does the work.
    /// - Returns: The answer: `.success`, or another status that is no error and needs no message, for instance `.failed`.
    /// - Throws: `FarmError` for what a person has to know; ``NothingGiven``; ``EndedBySignal``; `ValidationError` for a wrong command line.
    func run(in context: ToolContext) throws -> ExitStatus
}

extension ToolCommand {
    /// None.
    public var stateFolder: String? { nil }

    /// None.
    public var server: RemoteOptions? { nil }

    /// About the farm.
    public var isLocal: Bool { false }
}

/// Thrown by a command that needs arguments and got none: the tool prints its short help and exits with status 64.
public struct NothingGiven: Error, Sendable {
    /// A few lines of examples.
    public let examples: String

    /// - Parameter examples: What to write instead, a line each.
    public init(examples: String) { self.examples = examples }
}

/// Ends the tool without a word, with the exit status a shell shows for a signal: 128 and its number.
public struct EndedBySignal: Error, Sendable, Equatable {
    /// The signal's number.
    public let number: Int32

    /// - Parameter number: The signal's number, for instance 2 for SIGINT.
    public init(number: Int32) { self.number = number }
}

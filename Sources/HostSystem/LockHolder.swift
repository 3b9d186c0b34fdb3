/// Who holds a lock, as written in the lock file: `PID START COMMAND` on one line.
public struct LockHolder: Sendable, Equatable {
    /// The longest command that is written, in bytes.
    public static let commandLimit = 200

    /// The holder's process id.
    public let identifier: Int32
    /// Clock ticks from the boot to the start of the process.
    public let startTime: UInt64
    /// The command, for people.
    public let command: String

    /// A holder; control characters in the command become `?`, and it is cut at `commandLimit`.
    public init(identifier: Int32, startTime: UInt64, command: String) {
        self.identifier = identifier
        self.startTime = startTime
        self.command = command.withoutControlCharacters.utf8Prefix(Self.commandLimit)
    }

    /// This process, running `command`.
    public static func current(command: String) -> LockHolder {
        LockHolder(identifier: ProcessIdentity.current.identifier, startTime: ProcessIdentity.current.startTime, command: command)
    }

    /// Parses the first line of a lock file; nil when it is not a holder.
    public init?(parsing text: String) {
        let line = text.prefix { $0 != "\n" }
        let fields = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let identifier = Int32(fields[0]), identifier > 0, let startTime = UInt64(fields[1]) else { return nil }
        self.init(identifier: identifier, startTime: startTime, command: String(fields[2]))
    }

    /// The line, with its end.
    var line: String { "\(identifier) \(startTime) \(command)\n" }
}

internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import HostSystem

/// How an error ends a tool: the exit status, and what is printed where.
struct ToolFailure {
    var status: Int32
    /// For standard error, after the tool's name.
    var message: String?
    /// For standard error, as it is.
    var hint: String?
    /// For standard output.
    var help: String?

    /// An error of a command, or of the parser for its type.
    init(_ error: any Error, of command: (some ToolCommand).Type, name: String) {
        if let nothing = error as? NothingGiven {
            self.init(nothing, abstract: command.configuration.abstract, name: name)
        } else if let known = ToolFailure(known: error) {
            self = known
        } else {
            self.init(parsing: error, of: command, name: name)
        }
    }

    /// An error of the library.
    init(_ error: OutputError) {
        switch error {
        case .closed: self.init(status: 128 + Signal.brokenPipe.number)
        case .failed(let error): self.init(error)
        }
    }

    private init(_ error: FarmError) { self.init(status: error.status.rawValue, message: error.message) }

    private init(status: Int32, message: String? = nil) {
        self.status = status
        self.message = message
    }

    private init?(known error: any Error) {
        switch error {
        case let error as FarmError: self.init(error)
        case let error as OutputError: self.init(error)
        case let error as SystemError: self.init(FarmError(error))
        case let error as EndedBySignal: self.init(status: 128 + error.number)
        default: return nil
        }
    }

    private init(_ nothing: NothingGiven, abstract: String, name: String) {
        status = ExitStatus.usage.rawValue
        hint = """
            \(name): \(abstract)

            \(nothing.examples)

            \(name) --help tells more.

            """
    }

    /// Help and version are for standard output; a wrong command line gets one line. Any other error should have been one of ours.
    private init(parsing error: any Error, of command: (some ToolCommand).Type, name: String) {
        let code = command.exitCode(for: error)
        let text = command.message(for: error)
        if code == .success {
            self.init(status: ExitStatus.success.rawValue)
            help = text
        } else if error is ExitCode {
            self.init(status: code.rawValue)
        } else if code == .validationFailure {
            self.init(status: ExitStatus.usage.rawValue, message: Self.usageMessage(text, name))
        } else {
            self.init(status: ExitStatus.internalError.rawValue, message: "internal error: \(error); please report it")
        }
    }

    /// The parser's message in the form of ours: one line, beginning in lower case, saying where to look.
    private static func usageMessage(_ text: String, _ name: String) -> String {
        var message = ""
        for line in text.split(whereSeparator: \.isNewline).map({ $0.drop(while: \.isWhitespace) }) {
            // The parser lists allowed values a line each.
            let isListed = line.hasPrefix("- ")
            message += (message.isEmpty ? "" : isListed && !message.hasSuffix(":") ? ", " : " ") + (isListed ? line.dropFirst(2) : line)
        }
        message = uncapitalized(message)
        if message.hasSuffix("?") { return message }
        return (message.hasSuffix(".") ? String(message.dropLast()) : message) + "; see \(name) --help"
    }

    /// A sentence as the part of one; a word all in capitals stays.
    private static func uncapitalized(_ text: String) -> String {
        guard let first = text.first, text.dropFirst().first?.isUppercase == false else { return text }
        return first.lowercased() + text.dropFirst()
    }
}

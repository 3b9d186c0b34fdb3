public import ToolKit

/// `bf-run` with its verbs: a first argument that names one is taken by it.
public enum RunTool {
    static let verbs = ["cancel", "retry", "pause", "resume", "verify", "replay"]

    /// The whole `main` of the executable.
    /// - Parameters:
    ///   - arguments: By default those of the process.
    ///   - connect: As for ``Tool/main(_:named:arguments:connect:)``.
    public static func main(_ arguments: [String]? = nil, connect: ToolContext.Connect? = nil) -> Never {
        let arguments = arguments ?? Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "cancel": Tool.main(CancelCommand.self, named: "bf-run cancel", arguments: rest, connect: connect)
        case "retry": Tool.main(RetryCommand.self, named: "bf-run retry", arguments: rest, connect: connect)
        case "pause": Tool.main(PauseCommand.self, named: "bf-run pause", arguments: rest, connect: connect)
        case "resume": Tool.main(ResumeCommand.self, named: "bf-run resume", arguments: rest, connect: connect)
        case "verify": Tool.main(VerifyCommand.self, named: "bf-run verify", arguments: rest, connect: connect)
        case "replay": Tool.main(ReplayCommand.self, named: "bf-run replay", arguments: rest, connect: connect)
        default: Tool.main(RunCommand.self, named: "bf-run", arguments: arguments, connect: connect)
        }
    }
}

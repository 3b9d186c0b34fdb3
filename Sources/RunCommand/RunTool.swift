internal import ToolKit

/// `bf-run` with its verbs: a first argument that names one is taken by it.
public enum RunTool {
    static let verbs = ["cancel", "retry", "pause", "resume", "verify", "replay"]

    /// The whole `main` of the executable.
    public static func main() -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "cancel": Tool.main(CancelCommand.self, named: "bf-run cancel", arguments: rest)
        case "retry": Tool.main(RetryCommand.self, named: "bf-run retry", arguments: rest)
        case "pause": Tool.main(PauseCommand.self, named: "bf-run pause", arguments: rest)
        case "resume": Tool.main(ResumeCommand.self, named: "bf-run resume", arguments: rest)
        case "verify": Tool.main(VerifyCommand.self, named: "bf-run verify", arguments: rest)
        case "replay": Tool.main(ReplayCommand.self, named: "bf-run replay", arguments: rest)
        default: Tool.main(RunCommand.self, named: "bf-run", arguments: arguments)
        }
    }
}

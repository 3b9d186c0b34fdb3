public import ToolKit

/// `bf-run` with its verbs: a first argument that names one is taken by it.
public enum RunTool {
    static let verbs = ["cancel", "retry", "pause", "resume", "verify", "replay", "backend", "keygen"]

    /// The whole `main` of the executable.
    /// - Parameters:
    ///   - arguments: By default those of the process.
    ///   - prepare: As for ``Tool/main(_:named:arguments:prepare:)``.
    public static func main(_ arguments: [String]? = nil, prepare: (inout ToolContext) -> Void = { _ in }) -> Never {
        let arguments = arguments ?? Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "cancel": Tool.main(CancelCommand.self, named: "bf-run cancel", arguments: rest, prepare: prepare)
        case "retry": Tool.main(RetryCommand.self, named: "bf-run retry", arguments: rest, prepare: prepare)
        case "pause": Tool.main(PauseCommand.self, named: "bf-run pause", arguments: rest, prepare: prepare)
        case "resume": Tool.main(ResumeCommand.self, named: "bf-run resume", arguments: rest, prepare: prepare)
        case "verify": Tool.main(VerifyCommand.self, named: "bf-run verify", arguments: rest, prepare: prepare)
        case "replay": Tool.main(ReplayCommand.self, named: "bf-run replay", arguments: rest, prepare: prepare)
        case "backend": BackendTool.main(rest, prepare: prepare)
        case "keygen": Tool.main(KeygenCommand.self, named: "bf-run keygen", arguments: rest, prepare: prepare)
        default: Tool.main(RunCommand.self, named: "bf-run", arguments: arguments, prepare: prepare)
        }
    }
}

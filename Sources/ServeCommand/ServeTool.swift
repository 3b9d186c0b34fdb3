internal import ToolKit

/// `bf-serve` with its verbs: a first argument that names one is taken by it.
public enum ServeTool {
    /// The whole `main` of the executable.
    public static func main() -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "token": Tool.main(TokenCommand.self, named: "bf-serve token", arguments: rest)
        case "deliver": Tool.main(DeliverCommand.self, named: "bf-serve deliver", arguments: rest)
        case "manifests": Tool.main(ManifestsCommand.self, named: "bf-serve manifests", arguments: rest)
        case "remote": RemoteTool.main(rest)
        default: Tool.main(ServeCommand.self, named: "bf-serve", arguments: arguments)
        }
    }
}

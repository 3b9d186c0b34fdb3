internal import ToolKit

/// `bf-serve` with its verbs: a first argument that names one is taken by it.
public enum ServeTool {
    /// The whole `main` of the executable.
    public static func main() -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "remote" { RemoteTool.main(Array(arguments.dropFirst())) }
        Tool.main(ServeCommand.self, named: "bf-serve", arguments: arguments)
    }
}

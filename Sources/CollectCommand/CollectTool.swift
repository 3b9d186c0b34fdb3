internal import ToolKit

/// `bf-gc` with its verbs: a first argument that names one is taken by it.
public enum CollectTool {
    /// The whole `main` of the executable.
    public static func main() -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "pin": Tool.main(PinCommand.self, named: "bf-gc pin", arguments: rest)
        case "unpin": Tool.main(UnpinCommand.self, named: "bf-gc unpin", arguments: rest)
        case "pins": Tool.main(PinsCommand.self, named: "bf-gc pins", arguments: rest)
        default: Tool.main(CollectCommand.self, named: "bf-gc", arguments: arguments)
        }
    }
}

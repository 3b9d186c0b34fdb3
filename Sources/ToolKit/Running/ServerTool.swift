public import FarmModel
internal import HostSystem

/// bf-serve, which has the clients of servers and daemons: light tools become it where their farm, or its backends, are elsewhere.
public enum ServerTool {
    private static let name = "bf-serve"

    /// Goes on as `bf-serve remote TOOL ARGUMENTS…` in this process.
    /// - Parameters:
    ///   - tool: The tool's name, perhaps with its verb.
    ///   - purpose: What needs it, for the message.
    /// - Returns: `unavailable`, only where there is no bf-serve.
    public static func become(_ tool: String, _ arguments: [String], in context: ToolContext, for purpose: String) -> FarmError {
        let words = [name, "remote"] + tool.split(separator: " ").map(String.init) + arguments
        var reason = "it is neither beside this tool nor on the PATH"
        for path in places(context) {
            let error = Processes.replace(path, arguments: words)
            if !error.isMissing { reason = "\(error)" }
        }
        return FarmError(.unavailable, "\(purpose) needs \(name): \(reason); install it")
    }

    private static func places(_ context: ToolContext) -> [String] {
        let own = (try? Host.executablePath()).flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
        let folders = (context.environment("PATH") ?? "").split(separator: ":").map(String.init)
        return ([own].compactMap(\.self) + folders.filter { $0.hasPrefix("/") }).map { "\($0)/\(name)" }
    }
}

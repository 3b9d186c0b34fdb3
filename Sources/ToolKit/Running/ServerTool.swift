internal import FarmModel
internal import HostSystem

/// bf-serve, which has the client of servers: light tools become it where their farm is elsewhere.
enum ServerTool {
    private static let name = "bf-serve"

    /// Goes on as `bf-serve remote TOOL ARGUMENTS…` in this process.
    /// - Parameter tool: The tool's name, perhaps with its verb.
    /// - Throws: `unavailable` where there is no bf-serve.
    static func become(_ tool: String, _ arguments: [String], in context: ToolContext) throws(FarmError) -> Never {
        let words = [name, "remote"] + tool.split(separator: " ").map(String.init) + arguments
        var reason = "it is neither beside this tool nor on the PATH"
        for path in places(context) {
            let error = Processes.replace(path, arguments: words)
            if !error.isMissing { reason = "\(error)" }
        }
        throw FarmError(.unavailable, "--server needs \(name): \(reason); install it")
    }

    private static func places(_ context: ToolContext) -> [String] {
        let own = (try? Host.executablePath()).flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
        let folders = (context.environment("PATH") ?? "").split(separator: ":").map(String.init)
        return ([own].compactMap(\.self) + folders.filter { $0.hasPrefix("/") }).map { "\($0)/\(name)" }
    }
}

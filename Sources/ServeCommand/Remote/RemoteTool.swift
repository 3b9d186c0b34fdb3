internal import FarmClient
internal import FarmModel
internal import FarmRunner
internal import GraphCommand
internal import LogsCommand
internal import RemoteExecution
internal import RunCommand
internal import StatusCommand
internal import SubmitCommand
internal import ToolKit

/// `bf-serve remote TOOL ARGUMENTS…`: a tool with the client of servers, which the light tools do without.
enum RemoteTool {
    /// - Parameter arguments: The tool's name, then its own arguments.
    static func main(_ arguments: [String]) -> Never {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "bf-submit": Tool.main(SubmitCommand.self, named: "bf-submit", arguments: rest, prepare: prepare)
        case "bf-status": Tool.main(StatusCommand.self, named: "bf-status", arguments: rest, prepare: prepare)
        case "bf-logs": Tool.main(LogsCommand.self, named: "bf-logs", arguments: rest, prepare: prepare)
        case "bf-graph": Tool.main(GraphCommand.self, named: "bf-graph", arguments: rest, prepare: prepare)
        case "bf-run": RunTool.main(rest, prepare: prepare)
        default: Tool.main(RemoteCommand.self, named: "bf-serve remote", arguments: arguments)
        }
    }

    /// Reaches the backends of farms.
    static let backends = BackendAccess { backend throws(FarmError) in try RemoteExecutors.make(for: backend) }

    private static func prepare(_ context: inout ToolContext) {
        context.connect = connect
        context.equip(backends)
    }

    private static let connect: ToolContext.Connect = { place, context throws(FarmError) in
        let access = try ServerAccess(address: place.address, tokenFile: place.tokenFile, authorities: place.authorities) {
            context.note($0)
        }
        return try RemoteFarm(access)
    }
}

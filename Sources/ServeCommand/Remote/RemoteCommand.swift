internal import ArgumentParser
internal import FarmModel
internal import ToolKit

/// `bf-serve remote` without a tool that it knows.
struct RemoteCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-serve remote",
        abstract: "Run a tool on a farm behind a server.",
        usage: "bf-serve remote <tool> [<argument> ...]",
        discussion: """
            The tools do this by themselves where --server or $BF_SERVER is given. There are bf-submit, bf-graph, bf-status, bf-logs and the \
            verbs cancel, retry, pause and resume of bf-run.

            Example:
              bf-serve remote bf-status --server http://127.0.0.1:8080
            """)

    @Argument(help: ArgumentHelp("The name of a tool.", valueName: "tool"))
    var tool: String?

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("What the tool takes.", valueName: "argument"))
    var arguments: [String] = []

    func run(in context: ToolContext) throws -> ExitStatus {
        guard let tool else { throw NothingGiven(examples: "bf-serve remote bf-status --server http://127.0.0.1:8080") }
        throw FarmError(.usage, "\(JSONValue.string(tool).text) is no tool; there are bf-submit, bf-graph, bf-status, bf-logs and bf-run")
    }
}

internal import ArgumentParser
internal import FarmModel
internal import HostSystem
internal import ToolKit

/// `bf-run backend` with its verbs.
enum BackendTool {
    static func main(_ arguments: [String], prepare: (inout ToolContext) -> Void) -> Never {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "add": Tool.main(AddBackendCommand.self, named: "bf-run backend add", arguments: rest, prepare: prepare)
        case "remove": Tool.main(RemoveBackendCommand.self, named: "bf-run backend remove", arguments: rest, prepare: prepare)
        case "drain": Tool.main(DrainBackendCommand.self, named: "bf-run backend drain", arguments: rest, prepare: prepare)
        case "resume": Tool.main(ResumeBackendCommand.self, named: "bf-run backend resume", arguments: rest, prepare: prepare)
        case "probe": Tool.main(ProbeBackendCommand.self, named: "bf-run backend probe", arguments: rest, prepare: prepare)
        case "list": Tool.main(ListBackendsCommand.self, named: "bf-run backend list", arguments: rest, prepare: prepare)
        default: Tool.main(BackendCommand.self, named: "bf-run backend", arguments: arguments, prepare: prepare)
        }
    }
}

/// `bf-run backend` without a verb that it knows.
struct BackendCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run backend",
        abstract: "Look after the daemons that run jobs for the farm.",
        usage: "bf-run backend <verb> [<options>] [<address>]",
        discussion: """
            A backend is a daemon of Docker, Podman or BuildKit, here or on another machine. Runners give it jobs as they give them to their \
            own machine.

            Verbs, each with its own --help:
              bf-run backend add ADDRESS       give it jobs from now on
              bf-run backend remove ADDRESS    forget it
              bf-run backend drain ADDRESS     give it no more jobs
              bf-run backend resume ADDRESS    give it jobs again
              bf-run backend probe [ADDRESS]   ask it how it is
              bf-run backend list              show all

            Example:
              bf-run backend add tcp://10.0.0.7:1234 --arch x86_64 --max-jobs 8
            """)

    @Argument(help: ArgumentHelp("What to do.", valueName: "verb"))
    var verb: String?

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("What the verb takes.", valueName: "address"))
    var arguments: [String] = []

    func run(in context: ToolContext) throws -> ExitStatus {
        guard let verb else { throw NothingGiven(examples: "bf-run backend list") }
        throw FarmError(.usage, "\(JSONValue.string(verb).text) is no verb; there are add, remove, drain, resume, probe and list")
    }
}

extension ToolContext {
    /// Who asks, as administrators see it.
    var requester: Requester { Requester(user: UserName.current, userID: UserName.number, host: Host.name, tool: name) }
}

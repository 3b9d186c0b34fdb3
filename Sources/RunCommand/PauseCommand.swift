internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// `bf-run pause`
struct PauseCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run pause",
        abstract: "Start nothing more of a build, on a runner, or at all.",
        usage: "bf-run pause [<options>] <what>",
        discussion: """
            Running jobs go on. The pause stays until bf-run resume, over restarts too.

            Examples:
              bf-run pause all --reason "disk is being changed"
              bf-run pause b-1jkmsz
              bf-run pause r-1jkmsz
            """)

    @Argument(help: ArgumentHelp("A build, a runner, or all.", valueName: "what"))
    var what: String

    @Option(help: ArgumentHelp("Shown to whoever asks why nothing starts.", valueName: "text"))
    var reason: String?

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        let store = try state.farm(in: context, verb: "pause")
        try store.pause(PauseTarget(what, store), by: UserName.current, reason: reason)
        return .success
    }
}

/// `bf-run resume`
struct ResumeCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run resume",
        abstract: "Undo bf-run pause.",
        usage: "bf-run resume [<options>] <what>",
        discussion: """
            Example:
              bf-run resume all
            """)

    @Argument(help: ArgumentHelp("A build, a runner, or all.", valueName: "what"))
    var what: String

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        let store = try state.farm(in: context, verb: "resume")
        try store.resume(PauseTarget(what, store))
        return .success
    }
}

extension PauseTarget {
    /// What a word on the command line means.
    fileprivate init(_ text: String, _ store: any Farm) throws(FarmError) {
        if text == "all" {
            self = .all
            return
        }
        switch try store.resolve(text) {
        case .build(let build): self = .build(build)
        case .runner(let runner): self = .runner(runner)
        case .job, .attempt: throw FarmError(.usage, "\(text) is neither a build nor a runner; to end a job use bf-run cancel")
        }
    }
}

internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import ToolKit

/// `bf-run backend remove`
struct RemoveBackendCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run backend remove",
        abstract: "Forget a daemon.",
        usage: "bf-run backend remove [<options>] <address>",
        discussion: """
            What runs on it goes on. What a dead runner left there is taken for gone: remove a backend that will not come back, so that its \
            jobs can be run elsewhere.

            Example:
              bf-run backend remove tcp://10.0.0.7:1234
            """)

    @Argument(help: ArgumentHelp("Which one.", valueName: "address"))
    var address: String

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        let farm = try state.farm(in: context, verb: "backend remove")
        guard try farm.removeBackend(address, keepsOne: false, by: context.requester) == .removed else {
            throw FarmError.noBackend(address)
        }
        return .success
    }
}

/// `bf-run backend drain`
struct DrainBackendCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run backend drain",
        abstract: "Give a daemon no more jobs.",
        usage: "bf-run backend drain [<options>] <address>",
        discussion: """
            What runs on it goes on. It stays drained until bf-run backend resume, over restarts too.

            Example:
              bf-run backend drain tcp://10.0.0.7:1234 --reason "new disk"
            """)

    @Argument(help: ArgumentHelp("Which one.", valueName: "address"))
    var address: String

    @Option(help: ArgumentHelp("Shown to whoever asks why nothing goes there.", valueName: "text"))
    var reason: String?

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        let farm = try state.farm(in: context, verb: "backend drain")
        guard try farm.drainBackend(address, by: context.requester, reason: reason) else { throw FarmError.noBackend(address) }
        return .success
    }
}

/// `bf-run backend resume`
struct ResumeBackendCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run backend resume",
        abstract: "Give a daemon jobs again.",
        usage: "bf-run backend resume [<options>] <address>",
        discussion: """
            Undoes bf-run backend drain, and ends the rest of a backend that failed several times in a row.

            Example:
              bf-run backend resume tcp://10.0.0.7:1234
            """)

    @Argument(help: ArgumentHelp("Which one.", valueName: "address"))
    var address: String

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        let farm = try state.farm(in: context, verb: "backend resume")
        guard try farm.resumeBackend(address, by: context.requester) else { throw FarmError.noBackend(address) }
        return .success
    }
}

extension FarmError {
    /// What is said of an address that no backend has.
    static func noBackend(_ address: String) -> FarmError {
        FarmError(.noInput, "there is no backend \(address); bf-run backend list shows those there are")
    }
}

internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import ToolKit

/// `bf-run backend list`
struct ListBackendsCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run backend list",
        abstract: "Show the daemons that run jobs for the farm.",
        usage: "bf-run backend list [<options>]",
        discussion: """
            The same as bf-status --backends.

            Example:
              bf-run backend list --format json | jq -r '.address'
            """)

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard let farm = try state.existingFarm(in: context) else { return .success }
        try BackendRow.print(farm.backendReports(), format, colors, in: context)
        return .success
    }
}

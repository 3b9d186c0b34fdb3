internal import ArgumentParser
internal import Execution
internal import FarmConfiguration
internal import FarmModel
internal import FarmRunner
internal import ToolKit

/// How jobs are built again.
struct RebuildChoices: ParsableArguments {
    @Option(help: ArgumentHelp("sandbox or none; by default as it was built.", valueName: "how"))
    var isolation: Isolation?

    @Flag(help: "Let phases that ask for it use the machine's own network.")
    var allowHostNetwork = false

    func options(in context: ToolContext, kept: [Variation.Aspect] = []) throws(FarmError) -> RebuildOptions {
        var options = RebuildOptions()
        options.packages = PackageOptions(try context.configuration())
        options.kept = Set(kept)
        options.isolation = isolation
        let configured = try context.configuration().flag(.runAllowHostNetwork) ?? false
        options.allowsHostNetwork = allowHostNetwork || configured
        return options
    }
}

public import ArgumentParser
public import Documents
internal import FarmConfiguration
public import FarmModel
internal import HostSystem

/// What melange configurations are built with beside what they say themselves.
public struct PackageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Packages may come from this repository too; may be repeated.", valueName: "address"))
    var repositoryAppend: [String] = []

    @Option(help: ArgumentHelp("Trust this public key too, a file or an address; may be repeated.", valueName: "key"))
    var keyringAppend: [String] = []

    @Option(
        help: ArgumentHelp("A folder of pipelines that steps may use; may be repeated.", valueName: "folder"), completion: .directory)
    var pipelineDir: [String] = []

    @Option(
        help: ArgumentHelp("Enable this build option of the melange configurations that have it; may be repeated.", valueName: "name"))
    var buildOption: [String] = []

    @Flag(help: "Run the installation scripts of packages in the roots of melange configurations.")
    var withScripts = false

    @Flag(help: "Run the tests of melange configurations after their builds.")
    var withTest = false

    @Flag(help: "Show each command of melange configurations in the log.")
    var debug = false

    @Option(
        help: ArgumentHelp(
            "Do not wait with a package for one that it needs, to break a cycle; may be repeated.", valueName: "package:need"))
    var breakNeed: [String] = []

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Adds what was given, and what is configured, to the defaults of documents.
    /// - Parameter folders: The folders of the documents.
    public func apply(to defaults: inout DocumentDefaults, folders: Set<String>, in context: ToolContext) throws(FarmError) {
        let configuration = try context.configuration()
        defaults.packages.repositories = repositoryAppend.map { PackageEnvironment.Repository(address: Self.absolute($0)) }
        defaults.packages.keys = keyringAppend.map(Self.absolute)
        for folder in (configuration.list(.packagesPipelines) + pipelineDir) {
            defaults.packages.pipelines.merge(try PipelineFolder(folder).texts()) { $1 }
        }
        for folder in folders { defaults.packages.folders[folder] = try PipelineFolder.neighbours(in: folder) }
        defaults.packages.buildOptions = buildOption
        defaults.packages.runsScripts = withScripts
        defaults.packages.runsTests = withTest
        defaults.packages.showsCommands = debug
        defaults.packages.brokenNeeds = Set(try breakNeed.map { text throws(FarmError) in try Self.brokenNeed(text) })
    }

    private static func brokenNeed(_ text: String) throws(FarmError) -> PackageDefaults.BrokenNeed {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { throw FarmError(.usage, "--break-need \(text): expected PACKAGE:NEED") }
        return PackageDefaults.BrokenNeed(package: String(parts[0]), need: String(parts[1]))
    }

    /// Paths are those of this folder; jobs run elsewhere.
    private static func absolute(_ text: String) -> String {
        if text.contains("://") || text.isAbsolutePath { return text }
        return (try? Files.realPath(text)) ?? text
    }
}

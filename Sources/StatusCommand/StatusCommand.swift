public import ArgumentParser
public import FarmModel
internal import FarmStore
public import ToolKit

/// `bf-status`: what the farm is doing and did.
public struct StatusCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        commandName: "bf-status",
        abstract: "Show builds, jobs, attempts and artifacts.",
        discussion: """
            Without ids: unfinished builds and the last 20 finished ones. A build shows its jobs, a job its attempts. A table on a terminal, \
            NDJSON in a pipe.

            Examples:
              bf-status
              bf-status b-1jkmsz --failed
              bf-status --artifacts j-1jkmszy4 --get out/
              bf-status --check b-1jkmsz && echo all well
              bf-submit farm/ | bf-run - | bf-status --failed -
            """,
        version: ToolVersion.text("bf-status"))

    /// Ids, or `-`.
    @Argument(help: ArgumentHelp("Builds, jobs or attempts; - reads ids or records from standard input.", valueName: "id"))
    public var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions

    @Flag(help: "Only what failed.")
    var failed = false

    @Flag(help: "Only what is running.")
    var running = false

    @Flag(help: "The runners at work.")
    var runners = false

    @Flag(help: "List the artifacts of the builds and jobs.")
    var artifacts = false

    @Option(
        help: ArgumentHelp("With --artifacts: write the trees into this folder, each below its job's name.", valueName: "folder"),
        completion: .directory)
    var get: String?

    @Flag(help: "Print nothing; exit with 0 if everything named has succeeded, else with 1.")
    var check = false

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Checks what the parser cannot.
    public func validate() throws {
        if get != nil, !artifacts { throw ValidationError("--get needs --artifacts.") }
        if (artifacts || check) && ids.isEmpty { throw ValidationError("--artifacts and --check need ids.") }
    }

    @Flag(help: "Show each setting with its value and where that comes from.")
    var config = false

    /// `--state`
    public var stateFolder: String? { state.path }

    /// Prints what was asked for.
    public func run(in context: ToolContext) throws -> ExitStatus {
        if config { return try ConfigurationView(state: state, format: format, colors: colors, context: context).show() }
        let names = try IdentifierInput.read(ids, in: context)
        guard let store = try state.openExisting(in: context) else {
            if let id = names.first {
                throw FarmError(.noInput, "nothing has the id \(id): there is no state directory yet; see bf-submit")
            }
            return try show([], in: context)
        }
        let targets = try names.map { id throws(FarmError) in try store.resolve(id) }
        if !ids.isEmpty, targets.isEmpty { return .success }
        if check { return try StatusPredicate(store: store).holds(for: targets) ? .success : .failed }
        if artifacts { return try ArtifactView(store: store, format: format, colors: colors, context: context).show(targets, into: get) }
        return try show(try StatusQuery(store: store, failed: failed, running: running).rows(targets, runners: runners), in: context)
    }

    private func show(_ rows: [StatusRow], in context: ToolContext) throws -> ExitStatus {
        var printer = RecordPrinter<StatusRow>(format, colors, in: context)
        try printer.print(rows)
        return .success
    }
}

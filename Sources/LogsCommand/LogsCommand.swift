public import ArgumentParser
public import FarmModel
internal import FarmStore
public import ToolKit

/// `bf-logs`: what jobs printed.
public struct LogsCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        commandName: "bf-logs",
        abstract: "Print the logs of jobs.",
        discussion: """
            Of a job the newest attempt, of a build all its jobs in order. Secrets were masked before the log reached the disk. On a terminal \
            only colours pass; --raw lets everything through.

            Examples:
              bf-logs j-1jkmszy4
              bf-logs -f j-1jkmszy4            follow it to its end
              bf-logs --failed                 what failed in the newest build
              bf-run | bf-status --failed - | bf-logs -
            """,
        version: ToolVersion.text("bf-logs"))

    /// Ids, or `-`.
    @Argument(help: ArgumentHelp("Builds, jobs or attempts; - reads ids or records from standard input.", valueName: "id"))
    public var ids: [String] = []

    @OptionGroup var state: StateOptions

    @Flag(name: [.customShort("f"), .long], help: "Go on as the log grows, until the job has ended.")
    var follow = false

    @Flag(help: "Only failed jobs; without ids those of the newest build.")
    var failed = false

    @Flag(help: "Let all control sequences through to a terminal.")
    var raw = false

    /// The defaults, which the parser overwrites.
    public init() {}

    /// `--state`
    public var stateFolder: String? { state.path }

    /// Prints the logs.
    public func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty || failed else { throw NothingGiven(examples: "bf-logs j-1jkmszy4\nbf-logs --failed") }
        let names = try IdentifierInput.read(ids, in: context)
        guard let store = try state.openExisting(in: context) else {
            throw FarmError(.noInput, "there is no state directory yet, so there are no logs; see bf-submit")
        }
        let choice = LogChoice(store: store, failed: failed)
        let logs = try ids.isEmpty ? choice.newestFailed() : choice.logs(of: names.map { id throws(FarmError) in try store.resolve(id) })
        let printer = LogPrinter(store: store, context: context, passesEverything: raw, hasHeaders: logs.count > 1)
        for log in logs { try printer.print(log, follow: follow) }
        return .success
    }
}

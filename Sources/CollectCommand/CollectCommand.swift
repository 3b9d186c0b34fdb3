public import ArgumentParser
public import FarmModel
internal import FarmStore
internal import HostSystem
public import ToolKit

/// `bf-gc`: removes what is no longer wanted.
public struct CollectCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        commandName: "bf-gc",
        abstract: "Remove old builds with their logs and artifacts.",
        discussion: """
            Removes finished builds older than a limit, then every file of the store that nothing refers to any more. Nothing that is running, \
            or that a waiting build refers to, is touched. Each deletion is a record on standard output; nothing to do prints nothing.

            Examples:
              bf-gc --older-than 30d
              bf-gc --older-than 7d --dry-run
              17 4 * * * bf-gc --older-than 30d >/dev/null      in a crontab
            """,
        version: ToolVersion.text("bf-gc"))

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions

    @Option(help: ArgumentHelp("How long a build is kept after its end.", valueName: "duration"))
    var olderThan = "30d"

    @Flag(name: [.customShort("n"), .long], help: "Print what would be removed, and remove nothing.")
    var dryRun = false

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Collects.
    public func run(in context: ToolContext) throws -> ExitStatus {
        guard let age = DurationText.milliseconds(olderThan) else {
            throw FarmError(.usage, "--older-than \(olderThan) is not a duration such as 30d")
        }
        guard let store = try state.openExisting(in: context) else { return .success }
        let collector = try Collector(store: store, isDryRun: dryRun)
        let deletions = try collector.collect(olderThanMilliseconds: age) { context.note($0) }
        guard !deletions.isEmpty else { return .success }
        var printer = RecordPrinter<DeletionRow>(format, colors, in: context)
        try printer.print(deletions.map { DeletionRow(record: $0) })
        return .success
    }
}

/// A deletion as a row.
struct DeletionRow: Displayable {
    static let columns = [Column("WHAT"), Column("ID", shrinks: true), Column("SIZE", .right), Column("REASON")]

    let record: DeletionRecord
    var json: JSONObject { record.json }

    var cells: [Cell] {
        [
            Cell(record.type), Cell(record.id), Cell(record.bytes.map { SizeText.text(bytes: $0) }, plain: record.bytes.map { String($0) }),
            Cell(record.reason),
        ]
    }
}

public import ArgumentParser
internal import FarmConfiguration
public import FarmModel
internal import FarmStore
internal import HostSystem
public import ToolKit

/// `bf-gc`: removes what is no longer wanted.
public struct CollectCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        tool: "bf-gc",
        abstract: "Remove old builds, logs, artifacts, work folders and caches.",
        usage: "bf-gc <options>",
        discussion: """
            Removes what the ages, counts and sizes below do not keep, then every file that nothing refers to any more. Nothing that is \
            running, referred to or pinned is touched. Each deletion is a record on standard output; nothing to do prints nothing.

            Verbs, each with its own --help:
              bf-gc pin ID…                keep a build or an artifact
              bf-gc unpin ID…              keep it no longer
              bf-gc pins                   what is pinned

            An age is a duration or never, for all ends of a build, or for each: success=90d,failed=30d,cancelled=7d.

            Examples:
              bf-gc                        by the defaults
              bf-gc --older-than 7d -n     what would go after a week
              bf-gc --builds success=90d,failed=14d --keep 3 --max-size 50GiB
              bf-gc --explain              why each finished build stays or goes
              bf-gc --backup farm.copy     a copy of the database
              17 4 * * * bf-gc >/dev/null  in a crontab
            """)

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions
    @OptionGroup var retention: RetentionOptions

    @Flag(name: [.customShort("n"), .long], help: "Print what would be removed, and remove nothing.")
    var dryRun = false

    @Flag(help: "Print why each finished build stays, and what would be removed; remove nothing.")
    var explain = false

    @Option(
        help: ArgumentHelp("Copy the database into a file while all goes on, and remove nothing.", valueName: "file"), completion: .file())
    var backup: String?

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Where `--state` leads, for its settings.
    public var stateFolder: String? { state.path }

    /// Checks what the parser cannot.
    public func validate() throws {
        if backup != nil, dryRun || explain || retention.isGiven {
            throw ValidationError("--backup removes nothing, so it goes with no option that says what to remove.")
        }
    }

    /// Collects.
    public func run(in context: ToolContext) throws -> ExitStatus {
        if let backup { return try backUp(to: backup, in: context) }
        let policy = try retention.policy(over: RetentionPolicy(context.configuration()))
        guard let store = try state.openExisting(in: context) else { return .success }
        var printer = RecordPrinter<DeletionRow>(format, colors, in: context)
        var summary = DeletionSummary()
        let collector = try Collector(store: store, policy: policy, isDryRun: dryRun || explain, notice: { context.note($0) }) {
            summary.add($0)
            try printer.add(DeletionRow(record: $0))
            // What is gone is told at once: nobody can ask for it later.
            try context.output.flush()
        }
        // What was removed before a failure is shown too.
        let outcome = Result { try collector.collect(explains: explain) }
        if summary.hasRecords { store.settle() }
        if summary.hasRecords {
            try printer.finish()
            if Terminal.isTerminal(context.error) { context.note(summary.text(isDryRun: dryRun || explain)) }
        }
        try outcome.get()
        return .success
    }

    private func backUp(to path: String, in context: ToolContext) throws -> ExitStatus {
        guard let store = try state.openExisting(in: context, verb: "--backup") else {
            throw FarmError(.noInput, "there is no farm in \(try state.directory(in: context).path); name its folder with --state")
        }
        try store.backUp(to: path)
        return .success
    }
}

/// A deletion as a row.
struct DeletionRow: Displayable {
    static let columns = [
        Column("WHAT"), Column("ID", shrinks: true), Column("SIZE", .right), Column("", shrinks: false), Column("REASON"),
    ]

    let record: DeletionRecord
    var json: JSONObject { record.json }

    var cells: [Cell] {
        [
            Cell(record.type.rawValue), Cell(record.id),
            Cell(record.bytes.map { SizeText.text(bytes: $0) }, plain: record.bytes.map { String($0) }), Cell(verb), Cell(record.reason),
        ]
    }

    private var verb: String {
        switch record.outcome {
        case .removed: "removed"
        case .wouldBeRemoved: "goes"
        case .kept: "stays"
        }
    }
}

public import ArgumentParser
public import FarmModel
internal import FarmStore
internal import HostSystem
public import ToolKit

/// `bf-status`: what the farm is doing and did.
public struct StatusCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        tool: "bf-status",
        abstract: "Show builds, jobs, attempts and artifacts.",
        usage: "bf-status [<options>] [<id> ...]",
        discussion: """
            Without ids: unfinished builds and the last 20 finished ones. A build shows its jobs, a job its attempts. A table on a terminal, \
            NDJSON in a pipe.

            Examples:
              bf-status
              bf-status b-1jkmsz --failed
              bf-status --why j-1jkmszy4
              bf-status --package zlib --since 7d
              bf-status --watch
              bf-status --wait b-1jkmsz && echo all well
              bf-status --artifacts j-1jkmszy4 --get out/
              bf-status --diff j-1jkmszy4
              bf-status --stats --by week
              bf-submit farm/ | bf-run - | bf-status --failed -
              bf-status --doctor
            """)

    /// Ids, or `-`.
    @Argument(help: ArgumentHelp("Builds, jobs or attempts; - reads ids or records from standard input.", valueName: "id"))
    public var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions
    @OptionGroup var quiet: QuietOptions
    @OptionGroup var filter: StatusFilter

    @Flag(help: "The pending jobs in the order in which runners take them.")
    var queue = false

    @Flag(help: "Why builds and jobs do not run, and what to type next; without ids, of all unfinished builds.")
    var why = false

    @Flag(help: "The runners at work.")
    var runners = false

    @Flag(help: "The daemons that run jobs for the farm: load, failures, versions, disk.")
    var backends = false

    @OptionGroup var watching: WatchOptions

    @OptionGroup var artifacts: ArtifactOptions

    @OptionGroup var history: HistoryOptions

    @Flag(help: "Print nothing; exit with 0 if everything named has succeeded, else with 1.")
    var check = false

    @Flag(help: "Show each setting with its value and where that comes from.")
    var config = false

    @Flag(help: "Show what is installed, usable or dangerous on this machine, and what to do about it.")
    var doctor = false

    @Option(help: ArgumentHelp("Print the JSON Schema of this kind of record; list prints the kinds.", valueName: "kind"))
    var schema: String?

    /// `--state`
    public var stateFolder: String? { state.path }

    /// `--server`
    public var server: RemoteOptions? { remote }

    /// The views of this machine and of this program.
    public var isLocal: Bool { doctor || config || schema != nil }

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Checks what the parser cannot.
    public func validate() throws {
        let needIDs = [
            ("--artifacts", artifacts.artifacts), ("--check", check), ("--wait", watching.wait), ("--attempt", history.attempt),
            ("--diff", history.diff), ("--provenance", history.provenance),
        ]
        if ids.isEmpty, let option = needIDs.first(where: \.1)?.0 { throw ValidationError("\(option) needs ids.") }
        if doctor, remote.address != nil {
            throw ValidationError("--doctor looks at this machine; run it where bf-serve and bf-run run.")
        }
        let views = [
            ("--artifacts", artifacts.isAsked), ("--check", check), ("--wait", watching.wait), ("--watch", watching.watch),
            ("--queue", queue), ("--runners", runners), ("--backends", backends), ("--why", why), ("--attempt", history.attempt),
            ("--history", history.history != nil),
            ("--diff", history.diff), ("--stats", history.stats), ("--provenance", history.provenance), ("--doctor", doctor),
        ].filter(\.1).map(\.0)
        if views.count > 1 { throw ValidationError("\(views[0]) and \(views[1]) cannot be asked for at the same time.") }
        let needNone: Set = ["--queue", "--runners", "--backends", "--history", "--stats", "--doctor"]
        if let view = views.first, needNone.contains(view), !ids.isEmpty { throw ValidationError("\(view) takes no ids.") }
    }

    /// Prints what was asked for.
    public func run(in context: ToolContext) throws -> ExitStatus {
        if let schema { return try SchemaView(context: context).show(schema) }
        if doctor { return try DoctorView(state: state, format: format, colors: colors, context: context).show() }
        if config { return try ConfigurationView(state: state, format: format, colors: colors, context: context).show() }
        let names = try IdentifierInput.read(ids, in: context)
        guard let store = try open(names, in: context) else { return try print([StatusRow](), in: context) }
        let digests = artifacts.isAsked || history.provenance ? names.filter { $0.hasPrefix("sha256:") } : []
        let targets = try names.filter { !digests.contains($0) }.map { id throws(FarmError) in try store.resolve(id) }
        // Nothing on standard input means nothing to show.
        if !ids.isEmpty, names.isEmpty { return .success }
        return try show(store, targets, digests, in: context)
    }

    private func show(_ store: any Farm, _ targets: [Target], _ digests: [String], in context: ToolContext) throws -> ExitStatus {
        if check { return try StatusPredicate(store: store).holds(for: targets) ? .success : .failed }
        if artifacts.isAsked {
            let view = ArtifactView(store: store, options: artifacts, format: format, colors: colors, context: context)
            return try view.show(targets, digests: digests)
        }
        if history.isAsked {
            let view = HistoryView(
                store: store, options: history, filter: filter, format: format, colors: colors, context: context)
            return try view.show(targets, digests: digests)
        }
        if watching.wait { return try wait(store, targets, in: context) }
        if watching.watch { return try watch(store, targets, in: context) }
        if why { return try WhyView(store: store, format: format, colors: colors, context: context).show(targets) }
        if queue { return try showQueue(store, in: context) }
        if runners { return try print(store.runners().map { StatusRow($0) }, in: context) }
        if backends {
            try BackendRow.print(store.backendReports(), format, colors, in: context)
            return .success
        }
        if case .attempt(let attempt)? = targets.first, targets.count == 1, format.format(in: context) == .table {
            return try print(RecordField.all(of: store.attempt(attempt).json), in: context)
        }
        return try show(store, targets, as: format, in: context)
    }

    /// The store, which a watch makes if it is missing; nil if there is nothing to show yet.
    private func open(_ names: [String], in context: ToolContext) throws(FarmError) -> (any Farm)? {
        if let store = try state.existingFarm(in: context) { return store }
        if let id = names.first { throw FarmError(.noInput, "nothing has the id \(id): there is no state directory yet; see bf-submit") }
        return watching.watch ? try state.farm(in: context) : nil
    }

    private func show(_ store: any Farm, _ targets: [Target], as format: FormatOptions, in context: ToolContext) throws -> ExitStatus {
        var printer = RecordPrinter<StatusRow>(format, colors, in: context)
        try StatusQuery(store: store, filter: filter) { try printer.add($0) }.run(targets)
        try printer.finish()
        return .success
    }

    private func wait(_ store: any Farm, _ targets: [Target], in context: ToolContext) throws -> ExitStatus {
        let waiting = EndWait(store: store, targets: targets, context: context, isQuiet: quiet.isQuiet)
        return try waiting.wait(timeoutMilliseconds: watching.timeoutMilliseconds).status(countsPartial: watching.partialExit)
    }

    private func watch(_ store: any Farm, _ targets: [Target], in context: ToolContext) throws -> ExitStatus {
        let scope = try WatchScope(store, targets)
        guard format.format(in: context) != .table else {
            return try WatchView(store: store, scope: scope, painter: colors.painter(in: context), context: context).run()
        }
        // What is printed first has to be of the same form as the events.
        var lines = format
        lines.choice = .ndjson
        let stream = EventStream(store: store, scope: scope, context: context)
        return try stream.run(from: watching.cursor) { try show(store, targets, as: lines, in: context) }
    }

    private func showQueue(_ store: any Farm, in context: ToolContext) throws -> ExitStatus {
        let queue = try store.queue(atMost: filter.queueLimit ?? .max)
        let reasons = try store.waits(of: queue.map(\.job.id))
        return try print(queue.map { QueueRow($0, reasons[$0.job.id]) }, in: context)
    }

    private func print<Row: Displayable>(_ rows: [Row], in context: ToolContext) throws -> ExitStatus {
        var printer = RecordPrinter<Row>(format, colors, in: context)
        try printer.print(rows)
        return .success
    }
}

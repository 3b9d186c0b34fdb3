public import ArgumentParser
public import FarmModel
internal import FarmStore
internal import HostSystem
public import ToolKit

/// `bf-logs`: what jobs printed.
public struct LogsCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        tool: "bf-logs",
        abstract: "Print the logs of jobs.",
        usage: "bf-logs [<options>] [<id> ...]",
        discussion: """
            Of a job the newest attempt, of a build all its jobs in order; several logs have the job's name before each line. Secrets were \
            masked before the log reached the disk. On a terminal only colours pass; --raw lets everything through.

            Examples:
              bf-logs j-1jkmszy4
              bf-logs -f                       follow the newest build to its end
              bf-logs -n 20 -f j-1jkmszy4      the last lines of a job, and what follows
              bf-logs --failed                 what failed in the newest build
              bf-run | bf-status --failed - | bf-logs -
            """)

    /// Ids, or `-`.
    @Argument(
        help: ArgumentHelp(
            "Builds, jobs or attempts; - reads ids or records from standard input.",
            discussion: "With --follow or --failed alone, the newest build.", valueName: "id"))
    public var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    @Flag(
        name: [.customShort("f"), .long], help: "Go on as logs grow, over retries and with the jobs that start later, until all have ended."
    )
    var follow = false

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("Only the last lines of each log, or all.", valueName: "count"))
    var lines: LineCount?

    @Option(
        help: ArgumentHelp(
            "Only what was printed since then.", discussion: "A time as 2026-11-20T23:30:00Z, a day, or a duration ago as 10m.",
            valueName: "time"))
    var since: PointInTime?

    @Option(help: ArgumentHelp("Only what this phase printed.", valueName: "name"))
    var phase: String?

    @Option(help: ArgumentHelp("This attempt of each job instead of the newest.", valueName: "number"))
    var attempt: Int?

    @Flag(help: "Only failed jobs, of each the phase that failed, its last 60 lines unless --lines says otherwise.")
    var failed = false

    @Flag(help: "With jobs, also those that need them.")
    var dependents = false

    @Flag(name: [.customShort("t"), .long], help: "Begin each line with its time, in UTC.")
    var timestamps = false

    @Flag(help: "Print a record for each line.")
    var json = false

    @Flag(help: "With several logs, a header before each instead of the job's name before each line.")
    var noPrefix = false

    @Flag(help: "Let all control sequences through to a terminal.")
    var raw = false

    @OptionGroup var color: ColorOptions

    private static let failedLines = 60

    /// The defaults, which the parser overwrites.
    public init() {}

    /// `--state`
    public var stateFolder: String? { state.path }

    /// `--server`
    public var server: RemoteOptions? { remote }

    /// Checks what goes together.
    public func validate() throws {
        if failed && follow { throw ValidationError("--failed is for jobs that have ended; it does not go with --follow") }
        if failed && phase != nil { throw ValidationError("--failed chooses the phase itself; it does not go with --phase") }
        if let attempt, attempt < 1 { throw ValidationError("attempts are counted from 1") }
    }

    /// Prints the logs.
    public func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty || failed || follow else { throw NothingGiven(examples: "bf-logs j-1jkmszy4\nbf-logs --failed\nbf-logs -f") }
        let names = try IdentifierInput.read(ids, in: context)
        guard let store = try state.existingFarm(in: context) else {
            throw FarmError(.noInput, "there is no state directory yet, so there are no logs; see bf-submit")
        }
        let choice = LogChoice(store: store, onlyFailed: failed, attempt: attempt, withDependents: dependents)
        var targets = try choice.targets(names)
        if ids.isEmpty {
            targets = try choice.newestBuild().map { [$0] } ?? []
            if targets.isEmpty && follow { throw FarmError(.noInput, "there are no builds yet; see bf-submit") }
        }
        if follow { try followLogs(choice, targets, context) } else { try printLogs(choice, targets, context) }
        return .success
    }

    private var part: LogPart {
        var part = LogPart(sinceMilliseconds: since?.wallMilliseconds(now: Clock.wallMilliseconds), lines: lines ?? .all)
        if let phase { part.phases = .named(phase) }
        return part
    }

    private func output(_ logs: [ChosenLog], _ context: ToolContext) -> LogOutput {
        let isSeveral = logs.count > 1
        let labels = isSeveral && !noPrefix && !failed ? LogLabels(logs, color.painter(in: context)) : nil
        return LogOutput(
            context, json: json, labels: labels, hasHeaders: failed || (isSeveral && labels == nil), hasTimes: timestamps,
            filters: !raw && !json && Terminal.isTerminal(context.output.descriptor))
    }

    private func followLogs(_ choice: LogChoice, _ targets: [Target], _ context: ToolContext) throws {
        let watch = OutputWatch(choice.store.watchLogs(), output: context.output.descriptor)
        let logs = try choice.followed(targets)
        if logs.allSatisfy(\.job.state.isTerminal) { return try printLogs(choice, targets, context) }
        let output = output(logs, context)
        var follower = LogFollower(choice, targets, part, context, output, watch)
        try follower.run(logs)
        try output.finish()
    }

    private func printLogs(_ choice: LogChoice, _ targets: [Target], _ context: ToolContext) throws {
        let logs = try choice.logs(of: targets)
        let output = output(logs, context)
        var phases: Set<String> = []
        for log in logs {
            let record = try choice.store.attempts(of: log.job.id).first { $0.number == log.number }
            var part = part
            if failed {
                part.phases = .failed(record?.failure, message: record?.message)
                part.lines = lines ?? .last(Self.failedLines)
            }
            var stream = LogStream(log, part, in: choice.store, to: output)
            try stream.print(to: output, hasEnded: true, note: failed ? record?.message : nil)
            if !stream.isOpen, let reason = MissingLog.reason(log.job, attempt: log.number, record) { context.note(reason) }
            phases.formUnion(stream.phaseNames ?? [])
        }
        try output.finish()
        if let phase, !logs.isEmpty, !phases.contains(phase) {
            let known = phases.isEmpty ? "none is known" : "there are: \(phases.sorted().joined(separator: ", "))"
            throw FarmError(.noInput, "no phase \(JSONValue.string(phase).text) here; \(known)")
        }
    }
}

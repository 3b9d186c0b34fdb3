public import ArgumentParser
public import Execution
internal import FarmConfiguration
public import FarmModel
internal import FarmRunner
internal import FarmStore
internal import HostSystem
public import ToolKit

/// `bf-run`: takes jobs from the queue and runs them.
public struct RunCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        tool: "bf-run",
        abstract: "Run what is queued.",
        usage: "bf-run [<options>] [<id> ...]",
        discussion: """
            Runs ready jobs, each in a sandbox of its own, until nothing is left that this runner can do. Several runners may work on one \
            state directory. Each job's record goes to standard output as it ends.

            Verbs, each with its own --help:
              bf-run cancel ID…            end builds, jobs or attempts
              bf-run retry ID…             put failed jobs back into the queue
              bf-run pause WHAT            start nothing more of a build, a runner, or all
              bf-run resume WHAT           go on
              bf-run verify ID…            build again in other surroundings, and compare
              bf-run replay ATTEMPT…       repeat an attempt with its recorded inputs
              bf-run backend VERB          look after the daemons that run jobs
              bf-run keygen [FILE]         make a key to sign packages with

            Examples:
              bf-run                       drain the queue
              bf-run -j 8 --daemon         serve it for ever
              bf-submit farm/ | bf-run -   run just this build

            SIGTERM drains: running jobs end, no new ones start. A second one, SIGINT or SIGQUIT stops running jobs with grace and puts them \
            back into the queue. SIGUSR1 prints what is running.
            """)

    /// `-`, or ids.
    @Argument(help: ArgumentHelp("Only these builds and jobs; - reads ids or records from standard input.", valueName: "id"))
    public var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions
    @OptionGroup var quiet: QuietOptions

    @Option(
        name: [.customShort("j", allowingJoined: true), .customLong("jobs")],
        help: ArgumentHelp("Jobs at once on this machine; by default the number of processors.", valueName: "number"))
    var slots: Int?

    @Flag(help: "Run at most one job.")
    var once = false

    @Flag(help: "Wait for more work instead of ending.")
    var daemon = false

    @Option(help: ArgumentHelp("sandbox or none. none protects nothing: only for what you would run yourself.", valueName: "how"))
    var isolation: Isolation?

    @Option(help: ArgumentHelp("An architecture whose jobs are taken; may be repeated.", valueName: "name"))
    var arch: [String] = []

    @Option(help: ArgumentHelp("A label that this runner has; may be repeated.", valueName: "key=value"))
    var label: [String] = []

    @Flag(help: "Let phases that ask for it use the machine's own network.")
    var allowHostNetwork = false

    @Option(help: ArgumentHelp("The private key that packages are signed with.", valueName: "file"), completion: .file())
    var signingKey: String?

    @Option(help: ArgumentHelp("The repository that finished packages go into.", valueName: "folder"), completion: .directory)
    var repository: String?

    /// `--state`
    public var stateFolder: String? { state.path }

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Checks what the parser cannot.
    public func validate() throws {
        if let slots, !(0...4096).contains(slots) { throw ValidationError("--jobs takes a number from 0 to 4096.") }
    }

    /// Works until there is nothing left to do.
    public func run(in context: ToolContext) throws -> ExitStatus {
        if let verb = ids.first, RunTool.verbs.contains(verb) {
            throw FarmError(.usage, "the verb comes first: bf-run \(verb) [options]")
        }
        // Jobs go on when nobody reads their records any more; the end of the tool tells it.
        try SignalDisposition.ignore(.brokenPipe)
        var options = try runnerOptions(context.configuration())
        let store = try state.open(in: context)
        // Better now than after hours of work.
        if let key = options.packages.signingKey { try SigningKeys(store.directory, chosen: key).check() }
        options.backends = try backends(of: store, in: context)
        guard options.slots > 0 || options.backends != nil else {
            throw FarmError(.usage, "-j 0 is for farms with backends, and this one has none; see bf-run backend --help")
        }
        if !ids.isEmpty {
            let selection = try Selection(resolving: IdentifierInput.read(ids, in: context), store)
            guard !selection.isEmpty else { return .success }
            options.selection = try store.closure(of: selection)
        }
        let report = RunReport(format: format, colors: colors, context: context, isQuiet: quiet.isQuiet)
        let summary = try Runner(store: store, options: options, observer: report.observer).run()
        try report.finish()
        if let leftover = summary.leftover, !quiet.isQuiet { context.note(leftover) }
        if let signal = summary.stoppedBySignal { throw EndedBySignal(number: signal) }
        return summary.failed > 0 ? .failed : .success
    }

    /// What reaches the farm's backends; nil for a farm without any. A process that has no clients of daemons goes on as one that has: at once if
    /// it is to stay, as backends may be added at any time, else only where there are some.
    /// - Throws: `unavailable` if they cannot be reached.
    private func backends(of store: Store, in context: ToolContext) throws(FarmError) -> BackendAccess? {
        let isPooled = try !store.backends().isEmpty
        if let access = context.equipment(BackendAccess.self) { return isPooled || daemon ? access : nil }
        guard isPooled || daemon else { return nil }
        let failure = ServerTool.become(context.name, context.arguments, in: context, for: "a farm with backends")
        if isPooled { throw failure }
        return nil
    }

    private func runnerOptions(_ configuration: Configuration) throws(FarmError) -> RunnerOptions {
        var options = RunnerOptions()
        options.slots = slots ?? configuration.integer(.runJobs) ?? Host.processorCount
        options.runsOnce = once
        options.isDaemon = daemon
        options.isolation = isolation ?? configuration.text(.runIsolation).flatMap { Isolation(rawValue: $0) } ?? .sandbox
        options.labels = Set(label + configuration.list(.runLabels))
        options.allowsHostNetwork = allowHostNetwork || configuration.flag(.runAllowHostNetwork) ?? false
        options.pressure = PressureGate(configuration)
        options.packages = PackageOptions(configuration)
        options.packages.signingKey = signingKey ?? options.packages.signingKey
        options.packages.repository = repository ?? options.packages.repository
        for name in arch + configuration.list(.runArch) {
            guard let architecture = Architecture(name) else {
                throw FarmError(.usage, "--arch \(name) is not known; choose one of \(Architecture.names.joined(separator: ", "))")
            }
            options.architectures.insert(architecture)
        }
        return options
    }
}

extension Isolation: WordArgument {}
extension BackendKind: WordArgument {}

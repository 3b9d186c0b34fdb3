public import ArgumentParser
internal import Documents
internal import FarmConfiguration
public import FarmModel
internal import FarmStore
internal import FarmSubmission
internal import HostSystem
internal import Recipes
public import ToolKit

/// `bf-submit`: documents to one stored build.
public struct SubmitCommand: ToolCommand {
    /// Name, purpose and examples.
    public static let configuration = CommandConfiguration(
        tool: "bf-submit",
        abstract: "Submit documents as one build.",
        usage: "bf-submit [<options>] [<document> ...]",
        discussion: """
            Everything is checked before anything is written. The build's record on standard output means that the build is on the disk; \
            bf-run runs it.

            Examples:
              bf-submit farm/*.yaml                    one build of all documents
              bf-submit --wait=end farm/               wait for the result
              bf-graph farm/ --only 'lib*' | bf-submit -
              echo '{"kind":"spec","name":"hello","phases":["echo hello"]}' | bf-submit - | bf-run -
              bf-submit --key nightly-$(date +%F) farm/    twice a day, but one build
            """)

    /// Files, folders, or `-`.
    @Argument(help: ArgumentHelp("Documents, folders of documents, or - for standard input.", valueName: "document"), completion: .file())
    public var documents: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions
    @OptionGroup var quiet: QuietOptions
    @OptionGroup var build: BuildOptions
    @OptionGroup var packages: PackageOptions
    @OptionGroup var webhooks: WebhookOptions
    @OptionGroup var waiting: WaitOptions

    @Option(help: ArgumentHelp("Submit the documents in a Git repository.", valueName: "url[#ref[:folder]]"))
    var git: String?

    @Flag(name: [.customShort("n"), .long], help: "Check everything, write nothing, and print the jobs as spec records.")
    var dryRun = false

    /// `--state`
    public var stateFolder: String? { state.path }

    /// `--server`
    public var server: RemoteOptions? { remote }

    /// A dry run asks nobody.
    public var isLocal: Bool { dryRun }

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Reads, checks and submits.
    public func run(in context: ToolContext) throws -> ExitStatus {
        let checkout = try git.map { url throws(FarmError) in try RemoteDocuments(url, in: context) }
        let jobs = try readJobs(checkout, in: context)
        if dryRun { return try printJobs(jobs, in: context) }
        guard let desk = try state.farm(in: context) as? any SubmissionDesk else {
            throw FarmError(.internalError, "this farm takes no submissions")
        }
        var options = try build.submitOptions(in: context)
        let missing = try Submitter.secretNames(of: jobs).subtracting(options.secrets.keys)
        options.secrets.merge(try build.configuredSecrets(missing, in: context)) { given, _ in given }
        try webhooks.apply(to: &options)
        try desk.checkWay(of: options)
        try checkSatisfiable(jobs, desk, in: context)
        let outcome = try desk.submit(jobs, options)
        withExtendedLifetime(checkout) {}
        return try report(outcome, desk, in: context)
    }

    private func checkSatisfiable(_ jobs: [JobSpec], _ store: any Farm, in context: ToolContext) throws {
        guard let problem = try SatisfiableCheck(store, context.configuration()).problem(jobs) else { return }
        if build.requireSatisfiable { throw FarmError(.unavailable, problem) }
        if !quiet.isQuiet { context.note(problem) }
    }

    private func readJobs(_ checkout: RemoteDocuments?, in context: ToolContext) throws -> [JobSpec] {
        guard !documents.isEmpty || checkout != nil else {
            throw NothingGiven(examples: "bf-submit farm/*.yaml\nbf-submit - < jobs.ndjson")
        }
        let files = try InputFiles { names in DocumentInput.documents(among: names) }.read(documents + (checkout?.paths ?? []), in: context)
        let inputs = files.map { DocumentInput(name: $0.name, bytes: $0.bytes, base: $0.folder) }
        var defaults = try context.configuration().documentDefaults(architecture: build.architecture)
        try packages.apply(to: &defaults, folders: Set(inputs.compactMap(\.base)), in: context)
        return try DocumentReader(defaults: defaults).read(inputs)
    }

    private func printJobs(_ jobs: [JobSpec], in context: ToolContext) throws -> ExitStatus {
        _ = try JobGraph(jobs, missingNeeds: build.missingNeeds(in: context))
        var writer = JSONWriter()
        for job in jobs {
            writer.write(job.document)
            writer.endRecord()
        }
        try context.output.write(writer.bytes)
        if !quiet.isQuiet { context.note("\(CountText.of(jobs.count, "job")) would be submitted; nothing was written") }
        return .success
    }

    private func report(_ outcome: Store.SubmitOutcome, _ store: any Farm, in context: ToolContext) throws -> ExitStatus {
        let record: BuildRecord
        switch outcome {
        case .created(let build): record = build
        case .existing(let build):
            record = build
            if !quiet.isQuiet { context.note("\(build.id) was submitted before with this key and content") }
        }
        var printer = RecordPrinter<StatusRow>(format, colors, in: context)
        try printer.print([StatusRow(record)])
        try context.output.flush()
        guard let moment = waiting.moment else {
            try leave(store, in: context)
            return .success
        }
        let wait = BuildWait(store: store, build: record.id, context: context, isQuiet: quiet.isQuiet)
        return try wait.wait(until: moment, timeoutMilliseconds: waiting.timeoutMilliseconds).state.status(
            countsPartial: waiting.partialExit)
    }

    /// Where no runner looks after the database, this tool does; on a terminal it says the next thing to type.
    private func leave(_ store: any Farm, in context: ToolContext) throws {
        let hasReader = !quiet.isQuiet && Terminal.isTerminal(context.error)
        guard store.needsSettling || hasReader, try store.runners().isEmpty else { return }
        store.settle()
        if hasReader { context.note("no runner is at work; bf-run runs what is queued") }
    }
}

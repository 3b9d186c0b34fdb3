internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import ToolKit

/// `bf-run retry`
struct RetryCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run retry",
        abstract: "Put failed and cancelled jobs back into the queue.",
        usage: "bf-run retry [<options>] [<id> ...]",
        discussion: """
            What was skipped because of a job comes back with it. Attempts are counted on; the retry limits start anew.

            Examples:
              bf-run retry j-1jkmszy4
              bf-run retry --failed b-1jkmsz
            """)

    @Argument(help: ArgumentHelp("Jobs, or builds with --failed; - reads them from standard input.", valueName: "id"))
    var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions
    @OptionGroup var quiet: QuietOptions

    @Flag(help: "All failed and cancelled jobs of the builds.")
    var failed = false

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty else { throw NothingGiven(examples: "bf-run retry j-1jkmszy4\nbf-run retry --failed b-1jkmsz") }
        let store = try state.farm(in: context, verb: "retry")
        var revived: [JobRecord] = []
        for id in try IdentifierInput.read(ids, in: context) {
            let target = try store.resolve(id)
            let jobs = try revive(target, store)
            if jobs.isEmpty, !quiet.isQuiet { context.note("\(target) has no failed or cancelled job") }
            for job in jobs { revived.append(try store.job(job)) }
        }
        var printer = RecordPrinter<StatusRow>(format, colors, in: context)
        try printer.print(revived.map { StatusRow($0) })
        return .success
    }

    private func revive(_ target: Target, _ store: any Farm) throws(FarmError) -> [JobID] {
        switch target {
        case .job(let job): return try store.retry(job)
        case .attempt(let attempt): return try store.retry(store.attempt(attempt).job)
        case .build(let build) where failed: return try store.retryFailed(of: build)
        case .build(let build): throw FarmError(.usage, "\(build) is a build; say --failed to retry all that failed in it")
        case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; give jobs")
        }
    }
}

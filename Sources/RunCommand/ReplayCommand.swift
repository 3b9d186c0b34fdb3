internal import ArgumentParser
internal import FarmModel
internal import FarmRunner
internal import FarmStore
internal import ToolKit

/// `bf-run replay`
struct ReplayCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run replay",
        abstract: "Repeat an attempt with its recorded inputs.",
        usage: "bf-run replay [<options>] [<id> ...]",
        discussion: """
            The same document, sources, commits and needed trees, in the same surroundings. Artifacts, jobs and builds stay as they are; \
            the outcome and the log are shown and recorded.

            Examples:
              bf-run replay a-1jkmszy4
              bf-run replay --shell a-1jkmszy4
              less "$(bf-run replay a-1jkmszy4 | jq -r .log)"
            """)

    @Argument(help: ArgumentHelp("Attempts, or jobs with their newest one; - reads them from standard input.", valueName: "id"))
    var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions
    @OptionGroup var quiet: QuietOptions

    @OptionGroup var choices: RebuildChoices

    @Flag(help: "Open a shell in the prepared sandbox instead of running the phases.")
    var shell = false

    var stateFolder: String? { state.path }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty else { throw NothingGiven(examples: "bf-run replay a-1jkmszy4") }
        let session = try RebuildSession(state: state, verb: "replay", format: format, colors: colors, quiet: quiet, context: context)
        let works = try IdentifierInput.read(ids, in: context).map { id in try work(of: id, session.store) }
        if shell {
            guard let work = works.first, works.count == 1 else { throw FarmError(.usage, "--shell takes one attempt") }
            try session.openShell(work, choices.options(in: context))
            return .success
        }
        return try session.run(works, .replay, choices.options(in: context)) { $0 != .failed }
    }

    private func work(of id: String, _ store: Store) throws(FarmError) -> RecordedWork {
        switch try store.resolve(id) {
        case .attempt(let attempt): return try store.recordedWork(of: attempt)
        case .job(let job):
            guard let newest = try store.attempts(of: job).last else {
                throw FarmError(.noInput, "\(job) was never tried; bf-run verify builds what was unchanged again")
            }
            return try store.recordedWork(of: newest.id)
        case .build, .runner: throw FarmError(.usage, "\(id) is no attempt; bf-status JOB shows those of a job")
        }
    }
}

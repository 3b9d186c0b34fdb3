internal import ArgumentParser
public import Execution
internal import FarmModel
internal import FarmRunner
internal import FarmStore
public import ToolKit

/// `bf-run verify`
struct VerifyCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run verify",
        abstract: "Build again in other surroundings, and compare.",
        usage: "bf-run verify [<options>] [<id> ...]",
        discussion: """
            Builds jobs that succeeded again, with another host name, locale, time zone, umask, order of source folders, one processor, \
            and a later clock where faketime is installed, and compares the trees file by file. Artifacts, jobs and builds stay as they \
            are; only the result is recorded.

            Examples:
              bf-run verify j-1jkmszy4
              bf-run verify b-1jkmsz --keep umask
              bf-run verify b-1jkmsz | jq -r '.differences[]?.path'
            """)

    @Argument(help: ArgumentHelp("Jobs, attempts, or builds with all their jobs; - reads them from standard input.", valueName: "id"))
    var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions
    @OptionGroup var quiet: QuietOptions

    @Option(
        help: ArgumentHelp(
            "Do not vary this: \(Variation.Aspect.allCases.map(\.rawValue).joined(separator: ", ")); may be repeated.", valueName: "what"))
    var keep: [Variation.Aspect] = []

    @OptionGroup var choices: RebuildChoices

    var stateFolder: String? { state.path }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty else { throw NothingGiven(examples: "bf-run verify j-1jkmszy4") }
        let session = try RebuildSession(state: state, verb: "verify", format: format, colors: colors, quiet: quiet, context: context)
        let works = try IdentifierInput.read(ids, in: context).flatMap { id in try self.works(of: id, session) }
        return try session.run(works, .verify, choices.options(in: context, kept: keep)) { $0 == .reproducible || $0 == .success }
    }

    private func works(of id: String, _ session: RebuildSession) throws(FarmError) -> [RecordedWork] {
        let store = session.store
        switch try store.resolve(id) {
        case .job(let job): return [try store.recordedWork(of: job)]
        case .attempt(let attempt):
            let work = try store.recordedWork(of: attempt)
            guard work.tree != nil else {
                throw FarmError(.noInput, "\(attempt) left nothing to compare with; bf-run replay \(attempt) repeats it")
            }
            return [work]
        case .build(let build):
            var works: [RecordedWork] = []
            for job in try store.successfulJobs(of: build) { works.append(try store.recordedWork(of: job)) }
            if works.isEmpty { throw FarmError(.noInput, "\(build) has no job that succeeded") }
            return works
        case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; give builds, jobs or attempts")
        }
    }
}

extension Variation.Aspect: WordArgument {}

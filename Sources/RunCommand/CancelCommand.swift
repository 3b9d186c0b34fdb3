internal import ArgumentParser
internal import FarmModel
internal import FarmRunner
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// `bf-run cancel`
struct CancelCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run cancel",
        abstract: "End builds, jobs or attempts, in whatever state they are.",
        usage: "bf-run cancel [<options>] [<id> ...]",
        discussion: """
            Waiting jobs end at once. Running ones get SIGTERM, 10 s of grace, 5 s for their cleanup phases, then SIGKILL; they end \
            cancelled when their last process is dead. The request is on the disk when this returns.

            Examples:
              bf-run cancel b-1jkmsz
              bf-status --format ndjson | jq -c 'select(.owner == "ci")' | bf-run cancel -
            """)

    @Argument(help: ArgumentHelp("Builds, jobs or attempts; - reads them from standard input.", valueName: "id"))
    var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions
    @OptionGroup var quiet: QuietOptions

    @Flag(help: "Wait until the processes of all cancelled jobs are dead.")
    var wait = false

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty else { throw NothingGiven(examples: "bf-run cancel b-1jkmsz") }
        let store = try state.farm(in: context, verb: "cancel")
        var cancelling: [JobID] = []
        for id in try IdentifierInput.read(ids, in: context) {
            let target = try store.resolve(id)
            let outcome = try store.cancel(target, by: UserName.current)
            cancelling += outcome.cancelling
            if !quiet.isQuiet { context.note(phrase(outcome, target)) }
        }
        // A server has a CancelKeeper.
        if let store = store as? Store {
            try CancelWatch(store: store, jobs: cancelling).killIfRunnerIsStopped { if !quiet.isQuiet { context.note($0) } }
        }
        if wait { try waitForEnd(of: cancelling, store) }
        return .success
    }

    private func waitForEnd(of jobs: [JobID], _ store: any Farm) throws {
        let end = try StoreWatch(store).run { () throws -> Bool? in
            for job in jobs where try !store.job(job).state.isTerminal { return nil }
            return true
        }
        if case .signal(let signal) = end { throw EndedBySignal(number: signal.number) }
    }

    private func phrase(_ outcome: CancelOutcome, _ target: Target) -> String {
        if outcome.isNothing { return "\(target) has ended already; nothing to cancel" }
        var parts: [String] = []
        if outcome.ended > 0 { parts.append("\(CountText.of(outcome.ended, "job")) cancelled") }
        if !outcome.cancelling.isEmpty { parts.append("\(CountText.of(outcome.cancelling.count, "running job")) being ended") }
        return "\(target): " + parts.joined(separator: ", ")
    }
}

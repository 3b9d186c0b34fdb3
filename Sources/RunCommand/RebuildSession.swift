internal import FarmConfiguration
internal import FarmModel
internal import FarmRunner
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Builds recorded work again, one after the other, and tells of each.
struct RebuildSession {
    let store: Store
    private let format: FormatOptions
    private let colors: ColorOptions
    private let isQuiet: Bool
    private let context: ToolContext

    init(
        state: StateOptions, verb: String, format: FormatOptions, colors: ColorOptions, quiet: QuietOptions, context: ToolContext
    ) throws(FarmError) {
        guard let store = try state.openExisting(in: context, verb: verb) else {
            throw FarmError(.noInput, "there is no state directory yet; see bf-submit")
        }
        self.store = store
        self.format = format
        self.colors = colors
        self.context = context
        isQuiet = quiet.isQuiet
    }

    /// - Parameter isGood: Which verdicts leave the exit status 0.
    /// - Returns: `failed` if a verdict is not good.
    func run(
        _ works: [RecordedWork], _ action: VerificationRecord.Action, _ options: RebuildOptions,
        isGood: (VerificationRecord.Verdict) -> Bool
    ) throws -> ExitStatus {
        guard !works.isEmpty else { return .success }
        // The scratch is to be removed also when nobody reads any more.
        try SignalDisposition.ignore(.brokenPipe)
        let rebuilder = try Rebuilder(store: store, options: options)
        defer { rebuilder.end() }
        var report = RebuildReport(format: format, colors: colors, context: context)
        var hasBad = false
        var problem: FarmError?
        for work in works where rebuilder.endingSignal == nil {
            let record: VerificationRecord?
            do throws(FarmError) { record = try rebuilder.rebuild(work, action) } catch {
                // One job of many that cannot be built again does not keep the others from it.
                guard works.count > 1 else { throw error }
                context.note(error.message)
                problem = problem ?? error
                continue
            }
            guard let record else { break }
            try report.add(record)
            if !isGood(record.verdict) { hasBad = true }
        }
        try report.finish()
        if let signal = rebuilder.endingSignal { throw EndedBySignal(number: signal) }
        return hasBad ? .failed : problem?.status ?? .success
    }

    /// Opens a shell where the phases of an attempt would run.
    func openShell(_ work: RecordedWork, _ options: RebuildOptions) throws {
        guard Terminal.isTerminal(context.input), Terminal.isTerminal(context.output.descriptor) else {
            throw FarmError(.usage, "--shell needs a terminal")
        }
        let terminal = try FarmError.wrap { () throws(SystemError) in try Files.open("/dev/tty", [.read, .write]) }
        let rebuilder = try Rebuilder(store: store, options: options)
        defer { rebuilder.end() }
        if !isQuiet {
            context.note("a shell instead of the phases of \(work.identity), which lie in ~/phases; outputs go to $BF_OUT; exit leaves it")
        }
        try rebuilder.openShell(work, on: terminal, type: context.environment("TERM") ?? "dumb")
        if let signal = rebuilder.endingSignal { throw EndedBySignal(number: signal) }
    }
}

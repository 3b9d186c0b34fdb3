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
        let rebuilder = try Rebuilder(store: store, options: options)
        defer { rebuilder.end() }
        var report = RebuildReport(format: format, colors: colors, context: context)
        var status = ExitStatus.success
        for work in works {
            guard let record = try rebuilder.rebuild(work, action) else { break }
            try report.add(record)
            if !isGood(record.verdict) { status = .failed }
        }
        try report.finish()
        if let signal = rebuilder.endingSignal {
            rebuilder.end()
            throw EndedBySignal(number: signal)
        }
        return status
    }
}

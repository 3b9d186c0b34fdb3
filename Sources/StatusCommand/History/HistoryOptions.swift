internal import ArgumentParser
internal import FarmModel

/// What is asked of the past.
struct HistoryOptions: ParsableArguments {
    @Flag(help: "The complete record of attempts, or of the newest attempt of jobs.")
    var attempt = false

    @Option(help: ArgumentHelp("The ended attempts of this package, the newest first.", valueName: "package"))
    var history: String?

    @Flag(help: "In what two attempts differ; one is compared with the last good attempt before it.")
    var diff = false

    @Flag(help: "Totals, success rate, durations, the slowest and the busiest.")
    var stats = false

    @Option(help: ArgumentHelp("With --stats: a row for each of day, week, package or runner.", valueName: "group"))
    var by: StatisticsGrouping?

    @Flag(help: "Where trees and files of the store come from, as in-toto statements.")
    var provenance = false

    func validate() throws {
        if by != nil, !stats { throw ValidationError("--by needs --stats.") }
    }

    /// Whether any of the views is asked for.
    var isAsked: Bool { attempt || history != nil || diff || stats || provenance }
}

internal import BuildGraph
internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Shows what happened: complete attempts, the history of a package, differences, statistics and provenance.
struct HistoryView {
    let store: any Farm
    let options: HistoryOptions
    let filter: StatusFilter
    let format: FormatOptions
    let colors: ColorOptions
    let context: ToolContext

    /// - Parameter targets: Attempts, and jobs that stand for their newest attempt.
    func show(_ targets: [Target], digests: [String]) throws -> ExitStatus {
        if options.attempt { return try showAttempts(targets) }
        if let package = options.history { return try showHistory(package) }
        if options.diff { return try showDifferences(targets) }
        if options.stats { return try showStatistics() }
        return try ProvenanceView(store: store, context: context).show(targets, digests: digests)
    }

    private func showAttempts(_ targets: [Target]) throws -> ExitStatus {
        let finder = AttemptFinder(store: store)
        guard format.format(in: context) == .table else {
            var printer = RecordPrinter<AttemptRow>(format, colors, in: context)
            for target in targets { try printer.add(AttemptRow(store.completeAttempt(finder.attempt(of: target)))) }
            try printer.finish()
            return .success
        }
        for (index, target) in targets.enumerated() {
            if index > 0 { try context.output.write("\n") }
            let sheet = AttemptSheet(try store.completeAttempt(finder.attempt(of: target)), colors: colors, context: context)
            try context.output.write(sheet.text)
        }
        return .success
    }

    private func showHistory(_ package: String) throws -> ExitStatus {
        let records = try store.history(of: package, newest: filter.historyLimit)
        if records.isEmpty, filter.historyLimit != 0 { throw try unknown(package) }
        return try print(records.map { HistoryRow($0) })
    }

    private func unknown(_ package: String) throws -> FarmError {
        let names = try store.builtNames()
        let name = String(package.prefix { $0 != "@" && $0 != "[" })
        let advice =
            names.contains(name) ? "; its name has others" : suggestion(for: name, among: names).map { "; did you mean \($0)?" } ?? ""
        return FarmError(.noInput, "no attempt of \(JSONValue.string(package).text) has ended yet\(advice)")
    }

    private func showDifferences(_ targets: [Target]) throws -> ExitStatus {
        let finder = AttemptFinder(store: store)
        let (first, second) = try finder.pair(targets)
        let comparison = AttemptComparison(try store.completeAttempt(first), try store.completeAttempt(second))
        if comparison.differences.isEmpty { context.note("\(first) and \(second) do not differ") }
        return try print(comparison.differences.map { DifferenceRow($0, from: first, to: second) })
    }

    private func showStatistics() throws -> ExitStatus {
        let reader = StatisticsReader(store: store, grouping: options.by, name: filter.package, since: filter.sinceMilliseconds)
        return try print(reader.groups().map { StatisticsRow($0.statistics, by: options.by, group: $0.name) })
    }

    private func print<Row: Displayable>(_ rows: [Row]) throws -> ExitStatus {
        var printer = RecordPrinter<Row>(format, colors, in: context)
        try printer.print(rows)
        return .success
    }
}

internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// `--why`: what stands between builds and jobs and their start.
struct WhyView {
    let store: any Farm
    let format: FormatOptions
    let colors: ColorOptions
    let context: ToolContext

    /// Without targets: all unfinished builds.
    func show(_ targets: [Target]) throws -> ExitStatus {
        let now = Clock.wallMilliseconds
        var rows: [WhyRow] = []
        let unfinished = targets.isEmpty ? try store.recentBuilds(finished: 0) : []
        for target in targets + unfinished.map({ .build($0.id) }) {
            switch target {
            case .build(let build): rows.append(WhyRow(try store.build(build), try store.why(build), now: now))
            case .job(let job): rows.append(WhyRow(try store.why(job), now: now))
            case .attempt(let attempt): rows.append(WhyRow(try store.why(store.attempt(attempt).job), now: now))
            case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner; --why takes builds and jobs")
            }
        }
        guard format.format(in: context) == .table else {
            var printer = RecordPrinter<WhyRow>(format, colors, in: context)
            try printer.print(rows)
            return .success
        }
        for row in rows { try context.output.write(Array(row.text.map { VisibleText.of($0) + "\n" }.joined().utf8)) }
        return .success
    }
}

internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// The view of a terminal that is redrawn as things happen.
struct WatchView {
    let store: any Farm
    let scope: WatchScope
    let painter: Painter
    let context: ToolContext

    private static let interval: Int64 = 200

    /// Shows the view until everything looked at has ended.
    func run() throws -> ExitStatus {
        let watch = try StoreWatch(store, output: context.output.descriptor, everyMilliseconds: Self.interval)
        var picture = TerminalPicture(in: context)
        var failures: [BuildID: FailureList] = [:]
        var forecasts = ForecastCache(store)
        let end = try watch.run { () throws -> Bool? in
            let isOver = try scope.isOver(store)
            let room = picture.room()
            let drawing = WatchPicture(
                width: room.columns, height: room.lines, usesUnicode: context.usesUnicode, painter: painter, now: Clock.wallMilliseconds)
            let lines = drawing.lines(try watched(&failures, &forecasts, room.lines))
            if context.hasCursor { try picture.draw(lines) } else { try printPlainly(lines, isLast: isOver) }
            return isOver ? true : nil
        }
        if case .signal(let signal) = end { throw EndedBySignal(number: signal.number) }
        return .success
    }

    /// The failures of a build, and how many there were when they were read.
    private struct FailureList {
        var count: Int
        var jobs: [JobRecord]
    }

    private func watched(_ failures: inout [BuildID: FailureList], _ forecasts: inout ForecastCache, _ lines: Int) throws -> [WatchedBuild]
    {
        var result: [WatchedBuild] = []
        for build in try scope.records(store) {
            var watched = WatchedBuild(build: build)
            watched.build.forecast = try forecasts.forecast(build)
            if build.tally.running > 0 { watched.running = try store.runningJobs(of: build.id, atMost: lines) }
            if failures[build.id]?.count != build.tally.failed {
                let jobs = build.tally.failed == 0 ? [] : try store.newestFailures(of: build.id, atMost: 3)
                failures[build.id] = FailureList(count: build.tally.failed, jobs: jobs)
            }
            watched.failures = failures[build.id]?.jobs ?? []
            result.append(watched)
        }
        return result
    }

    /// A terminal that cannot move its cursor gets the view at the end.
    private func printPlainly(_ lines: [String], isLast: Bool) throws {
        guard isLast else { return }
        for line in lines { try context.output.write(line + "\n") }
    }
}

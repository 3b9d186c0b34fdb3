internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Which builds and jobs are shown.
struct StatusFilter: ParsableArguments {
    @Flag(help: "Only what failed.")
    var failed = false

    @Flag(help: "Only what is running.")
    var running = false

    @Option(help: ArgumentHelp("Only these states, separated by commas.", valueName: "states"))
    var only: String?

    @Option(help: ArgumentHelp("Jobs of this name in all builds, or of names that fit a pattern.", valueName: "name"))
    var package: String?

    @Option(help: ArgumentHelp("Only builds with this label; may be repeated.", valueName: "key[=value]"))
    var label: [String] = []

    @Option(help: ArgumentHelp("Only builds of this submitter.", valueName: "name"))
    var owner: String?

    @Option(help: ArgumentHelp("Only what has not ended before: 2h ago, or 2026-11-20.", valueName: "time"))
    var since: PointInTime?

    @Option(
        name: [.customShort("n"), .customLong("last")],
        help: ArgumentHelp("How many finished builds, jobs of --package or --queue, or attempts of --history; or all.", valueName: "count"))
    var last: RowCount?

    private static let usualCount = 20
    private static let usualQueueLength = 100

    func validate() throws {
        _ = try states
        if package != nil, !label.isEmpty || owner != nil { throw ValidationError("--package takes no --label and no --owner.") }
    }

    /// Whether jobs are asked for by their state.
    var choosesJobs: Bool { failed || running || only != nil || since != nil || package != nil }

    var buildLimit: Int? { (last ?? .most(since == nil ? Self.usualCount : .max)).limit }

    var jobLimit: Int? { buildLimit }

    var queueLimit: Int? { (last ?? .most(Self.usualQueueLength)).limit }

    var historyLimit: Int? { (last ?? .most(Self.usualCount)).limit }

    var builds: BuildFilter {
        get throws {
            var filter = BuildFilter()
            let names = try states
            // A build shows its failures while it is running, too.
            if failed, names == nil { filter.hasFailures = true }
            filter.states = (running ? ["running"] : names).map { Set($0.compactMap(BuildState.init(rawValue:))) }
            filter.labels = label
            filter.owner = owner
            filter.since = sinceMilliseconds
            return filter
        }
    }

    var jobs: JobFilter {
        get throws {
            var filter = JobFilter()
            filter.name = package
            let names = (try states ?? []) + (failed ? ["failed"] : []) + (running ? ["running"] : [])
            if !names.isEmpty { filter.states = Set(names.compactMap(JobState.init(rawValue:))) }
            filter.since = sinceMilliseconds
            return filter
        }
    }

    var sinceMilliseconds: Int64? { since?.wallMilliseconds(now: Clock.wallMilliseconds) }

    /// The names given, each of which must be a state of builds or jobs.
    private var states: [String]? {
        get throws {
            guard let only else { return nil }
            let names = only.split(separator: ",").map(String.init)
            for name in names where BuildState(rawValue: name) == nil && JobState(rawValue: name) == nil {
                throw ValidationError(
                    "--only \(name): no such state; there are pending, running, success, failed, partial, skipped and cancelled.")
            }
            return names
        }
    }
}

/// A number of rows, or all.
enum RowCount: Equatable, ExpressibleByArgument {
    case most(Int)
    case all

    init?(argument: String) {
        if argument == "all" {
            self = .all
        } else if let count = Int(argument), count >= 0 {
            self = .most(count)
        } else {
            return nil
        }
    }

    /// nil for all.
    var limit: Int? {
        switch self {
        case .most(let count) where count < .max: count
        case .most, .all: nil
        }
    }
}

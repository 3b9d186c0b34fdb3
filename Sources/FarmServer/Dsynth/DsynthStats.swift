import FarmAPI
import FarmModel
import FarmStore
import Glibc
import HTTPTypes
import HostSystem

/// go-dsynth's status and statistics.
struct DsynthStats: Sendable {
    let services: Services

    private var store: Store { services.store }

    var routes: [Route] {
        [
            Route(.get, "/status", .dsynthGetStatus, dialect: .dsynth) { try await status($0) },
            Route(.get, "/stats/today", .dsynthGetStatisticsOfToday, dialect: .dsynth) { try await today($0) },
            Route(.get, "/stats/package/{portdir...}", .dsynthGetStatisticsOfPackage, dialect: .dsynth) { try await package($0) },
        ]
    }

    func all(_ call: Call) async throws -> Reply { .dsynth(.ok, try await offloaded(allJSON), call) }

    /// The same with what clients of a service that has only a queue look for.
    func shared(_ call: Call) async throws -> Reply {
        let (data, waiting) = try await offloaded { () throws(FarmError) in (try allJSON(), try tally().pending) }
        var object = Reply.envelope(data, call)
        object.add("queue_length", Int64(waiting))
        return .json(.ok, object)
    }

    private func today(_ call: Call) async throws -> Reply {
        let day = String(Timestamp.format(milliseconds: Clock.wallMilliseconds).prefix(10))
        let since = Timestamp.parse(day + "T00:00:00Z")
        let data = try await offloaded { () throws(FarmError) in try statistics(since: since).json("date", day) }
        return .dsynth(.ok, data, call)
    }

    private func package(_ call: Call) async throws -> Reply {
        let name = PercentText.decoded(call.rest) ?? ""
        guard !DsynthPackagePath.readings(of: name).isEmpty else { throw DsynthError.packageNotFound(name) }
        let found = try await offloaded { () throws(FarmError) in try statistics(name: name) }
        guard found.total > 0 else { throw DsynthError.packageNotFound(name) }
        return .dsynth(.ok, found.json("portdir", name), call)
    }

    @Sendable private func allJSON() throws(FarmError) -> JSONObject { try statistics().json }

    private func statistics(name: String? = nil, since: Int64? = nil) throws(FarmError) -> DsynthStatistics {
        let (whole, packages) = try StatisticsReader(store: store, grouping: .package, name: name, since: since).wholeAndPackages()
        var statistics = DsynthStatistics(whole)
        if let busiest = whole.busiest {
            statistics.busiestWorker = try services.hub.workers.workers(in: store).first { $0.runner == busiest.runner }?.id
        }
        statistics.slowest =
            packages
            .compactMap { group in group.name.flatMap { name in group.statistics.average.map { (name, $0) } } }
            .max { $0.1 < $1.1 }.map { DsynthStatistics.Slow(portdir: $0.0, averageMilliseconds: $0.1) }
        return statistics
    }

    private func status(_ call: Call) async throws -> Reply {
        let services = services
        let data = try await offloaded { () throws(FarmError) in
            let tally = try tally()
            let workers = try services.hub.workers.workers(in: store)
            return DsynthStatus(
                activeBuilds: try store.recentBuilds(finished: 0).count, queued: tally.pending, running: tally.running,
                workers: (workers.count, workers.count { $0.work != nil }), isPaused: try store.farmPause() != nil,
                uptimeMilliseconds: Clock.boottimeMilliseconds - services.hub.startedMilliseconds, loadAverage: SystemLoad.averages
            ).json
        }
        return .dsynth(.ok, data, call)
    }

    /// The jobs of all builds that have not ended.
    private func tally() throws(FarmError) -> BuildTally {
        try store.recentBuilds(finished: 0).reduce(into: BuildTally()) { $0 += $1.tally }
    }
}

extension Statistics {
    /// How long an attempt takes that was not ended by request.
    fileprivate var average: Int64? { success + failed == 0 ? nil : totalMilliseconds / Int64(success + failed) }
}

/// How much the machine has to do.
enum SystemLoad {
    /// The averages over 1, 5 and 15 minutes, to two decimals; empty where the system does not say.
    static var averages: [Double] {
        var values = [Double](repeating: 0, count: 3)
        let count = getloadavg(&values, 3)
        return count < 0 ? [] : values.prefix(Int(count)).map { ($0 * 100).rounded() / 100 }
    }
}

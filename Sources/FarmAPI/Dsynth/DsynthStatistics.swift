public import FarmModel

/// What became of builds of packages, as go-dsynth counts them.
public struct DsynthStatistics: Sendable, Equatable {
    /// A package that takes long.
    public struct Slow: Sendable, Equatable {
        /// Its name.
        public var portdir: String
        /// How long its good builds take, on average.
        public var averageMilliseconds: Int64

        /// Creates it.
        public init(portdir: String, averageMilliseconds: Int64) {
            self.portdir = portdir
            self.averageMilliseconds = averageMilliseconds
        }
    }

    /// Good builds.
    public var successful = 0
    /// Bad ones.
    public var failed = 0
    /// How long all took together.
    public var totalMilliseconds: Int64 = 0
    /// How many succeed in an hour in which there is work; nil if that cannot be told.
    public var perHour: Double?
    /// The number of the worker that worked longest.
    public var busiestWorker: Int?
    /// The package whose builds take longest.
    public var slowest: Slow?

    /// Nothing was built.
    public init() {}

    /// What some attempts come to.
    public init(_ statistics: Statistics) {
        successful = statistics.success
        failed = statistics.failed
        totalMilliseconds = statistics.totalMilliseconds
        perHour = statistics.perHour
        slowest = statistics.slowest.map { Slow(portdir: $0.name, averageMilliseconds: $0.milliseconds) }
    }

    /// All builds.
    public var total: Int { successful + failed }

    /// What `GET /api/v1/stats` answers.
    public var json: JSONObject {
        var object: JSONObject = ["total_builds": .int(Int64(total)), "successful": .int(Int64(successful)), "failed": .int(Int64(failed))]
        object.add("success_rate", .double(total == 0 ? 0 : Self.oneDecimal(Double(successful) * 100 / Double(total))))
        object.add("avg_build_time", DsynthDuration.text(milliseconds: total == 0 ? 0 : totalMilliseconds / Int64(total)))
        object.add("total_build_time", DsynthDuration.text(milliseconds: totalMilliseconds))
        object.add("packages_per_hour", .double(Self.oneDecimal(perHour ?? 0)))
        object.add("busiest_worker", busiestWorker.map(Int64.init))
        object.add("slowest_package", slowest.map { .object($0.json) })
        return object
    }

    /// The same of some attempts only, for instance of one day.
    /// - Parameters:
    ///   - key: What they have in common, for instance `date`.
    ///   - value: What it is, for instance `2025-01-15`.
    public func json(_ key: String, _ value: String) -> JSONObject {
        var object: JSONObject = [key: .string(value)]
        for member in json.members { object.add(member.key, member.value) }
        return object
    }

    private static func oneDecimal(_ number: Double) -> Double { (number * 10).rounded() / 10 }
}

extension DsynthStatistics.Slow {
    fileprivate var json: JSONObject {
        ["portdir": .string(portdir), "avg_time": .string(DsynthDuration.text(milliseconds: averageMilliseconds))]
    }
}

/// How the farm is, as `GET /api/v1/status` answers.
public struct DsynthStatus: Sendable, Equatable {
    /// Builds that have not ended.
    public var activeBuilds: Int
    /// Jobs that wait.
    public var queued: Int
    /// Jobs that run.
    public var running: Int
    /// Workers and those of them that are busy.
    public var workers: (total: Int, busy: Int)
    /// Whether nothing new starts.
    public var isPaused: Bool
    /// How long the server has run.
    public var uptimeMilliseconds: Int64
    /// The machine's load averages over 1, 5 and 15 minutes.
    public var loadAverage: [Double]

    /// Creates a status.
    public init(
        activeBuilds: Int, queued: Int, running: Int, workers: (total: Int, busy: Int), isPaused: Bool, uptimeMilliseconds: Int64,
        loadAverage: [Double]
    ) {
        self.activeBuilds = activeBuilds
        self.queued = queued
        self.running = running
        self.workers = workers
        self.isPaused = isPaused
        self.uptimeMilliseconds = uptimeMilliseconds
        self.loadAverage = loadAverage
    }

    /// The status.
    public var json: JSONObject {
        let state = isPaused ? "paused" : running > 0 ? "building" : queued > 0 ? "waiting" : "idle"
        let workers: JSONObject = [
            "total": .int(Int64(self.workers.total)), "busy": .int(Int64(self.workers.busy)),
            "idle": .int(Int64(self.workers.total - self.workers.busy)),
        ]
        return [
            "state": .string(state), "active_builds": .int(Int64(activeBuilds)), "queued_packages": .int(Int64(queued)),
            "running_packages": .int(Int64(running)), "workers": .object(workers),
            "load_avg": .array(loadAverage.map(JSONValue.double)), "uptime": .string(DsynthDuration.text(milliseconds: uptimeMilliseconds)),
        ]
    }

    /// Compares all members.
    public static func == (left: DsynthStatus, right: DsynthStatus) -> Bool { left.json == right.json }
}

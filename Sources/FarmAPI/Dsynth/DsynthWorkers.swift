public import FarmModel

/// One place of a runner where a job can run: go-dsynth's worker, known by a small number.
public struct DsynthWorker: Sendable, Equatable {
    /// What it does.
    public struct Work: Sendable, Equatable {
        /// The attempt.
        public var attempt: AttemptID
        /// The job.
        public var job: JobID
        /// What is built.
        public var package: String
        /// The id of the build that it is part of.
        public var build: String
        /// The phase that it is in, if that is known.
        public var phase: String?
        /// When it started, in milliseconds since 1970.
        public var startedMilliseconds: Int64

        /// Creates work.
        public init(attempt: AttemptID, job: JobID, package: String, build: String, phase: String? = nil, startedMilliseconds: Int64) {
            self.attempt = attempt
            self.job = job
            self.package = package
            self.build = build
            self.phase = phase
            self.startedMilliseconds = startedMilliseconds
        }
    }

    /// Its number: places count through from the oldest runner to the newest, from 0 on.
    public var id: Int
    /// The runner whose place it is.
    public var runner: RunnerID
    /// The runner's machine.
    public var host: String
    /// Whether the runner takes no further jobs.
    public var isPaused: Bool
    /// What it does; nil if it is idle.
    public var work: Work?

    /// Creates a worker.
    public init(id: Int, runner: RunnerID, host: String, isPaused: Bool, work: Work?) {
        self.id = id
        self.runner = runner
        self.host = host
        self.isPaused = isPaused
        self.work = work
    }

    /// `busy`, `paused` or `idle`.
    public var status: String { work != nil ? "busy" : isPaused ? "paused" : "idle" }

    /// The worker in a list.
    public var json: JSONObject {
        var object: JSONObject = ["id": .int(Int64(id)), "status": .string(status)]
        object.add("current_package", work?.package)
        object.add("phase", work?.phase)
        object.add("started_at", work.map { GoText.time($0.startedMilliseconds) })
        return object
    }

    /// The worker alone.
    public var detail: JSONObject {
        var object = json
        object.add("build_id", work?.build)
        object.add("job", work?.job.description)
        object.add("runner", runner.description)
        object.add("host", host)
        object.addIfTrue("paused", isPaused)
        return object
    }

    /// What `GET /api/v1/workers` answers.
    public static func list(_ workers: [DsynthWorker]) -> JSONObject {
        let busy = workers.count { $0.work != nil }
        return [
            "workers": .array(workers.map { .object($0.json) }), "total": .int(Int64(workers.count)), "busy": .int(Int64(busy)),
            "idle": .int(Int64(workers.count - busy)),
        ]
    }
}

/// Which attempt is in which place: whoever follows events keeps one, so that a worker keeps its number while it works.
public struct DsynthWorkerBoard: Sendable {
    struct Place: Sendable {
        var runner: RunnerRecord
        var attempt: AttemptID?
    }

    private(set) var places: [Place]

    /// The free places of some runners.
    public init(_ runners: [RunnerRecord]) {
        places = runners.sorted { $0.id < $1.id }.flatMap { runner in
            Array(repeating: Place(runner: runner), count: min(max(0, runner.slots), Self.placeLimit))
        }
    }

    private static let placeLimit = 4096

    /// How many places there are.
    public var total: Int { places.count }
    /// In how many of them something runs.
    public var busy: Int { places.count { $0.attempt != nil } }

    /// Puts an attempt into the lowest free place of its runner.
    /// - Returns: The number of the place; nil if there is none.
    public mutating func take(_ attempt: AttemptID, of runner: RunnerID) -> Int? {
        if let known = places.firstIndex(where: { $0.attempt == attempt }) { return known }
        guard let free = places.firstIndex(where: { $0.runner.id == runner && $0.attempt == nil }) else { return nil }
        places[free].attempt = attempt
        return free
    }

    /// Frees the place of an attempt.
    /// - Returns: The number of the place; nil if the attempt has none.
    public mutating func free(_ attempt: AttemptID) -> Int? {
        guard let place = places.firstIndex(where: { $0.attempt == attempt }) else { return nil }
        places[place].attempt = nil
        return place
    }

    /// Takes over the runners that there are now; what runs in places that stay keeps them.
    public mutating func update(_ runners: [RunnerRecord]) {
        let before = Dictionary(grouping: places, by: \.runner.id)
        self = DsynthWorkerBoard(runners)
        var counts: [RunnerID: Int] = [:]
        for index in places.indices {
            let runner = places[index].runner.id
            let number = counts[runner, default: 0]
            counts[runner] = number + 1
            if let known = before[runner], number < known.count { places[index].attempt = known[number].attempt }
        }
    }

    /// Takes over the runners that there are now and what runs on them. An attempt that has no place takes the lowest free one of its runner,
    /// the oldest first; others keep theirs.
    /// - Returns: All places.
    public mutating func workers(_ runners: [RunnerRecord], running: [(runner: RunnerID, work: DsynthWorker.Work)]) -> [DsynthWorker] {
        let works = Dictionary(running.map { ($0.work.attempt, $0.work) }) { first, _ in first }
        update(runners)
        for place in places.indices where places[place].attempt.map({ works[$0] == nil }) == true { places[place].attempt = nil }
        for entry in running.sorted(by: { $0.work.attempt < $1.work.attempt }) { _ = take(entry.work.attempt, of: entry.runner) }
        return places.enumerated().map { id, place in
            let isPaused = place.runner.paused != nil || place.runner.state != "active"
            return DsynthWorker(
                id: id, runner: place.runner.id, host: place.runner.host, isPaused: isPaused, work: place.attempt.flatMap { works[$0] })
        }
    }
}

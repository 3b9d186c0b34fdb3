public import FarmModel

/// What has to be looked up before an event of the farm can be told in go-dsynth's words.
public struct DsynthEventFacts: Sendable, Equatable {
    /// The id under which clients know the build.
    public var build: String
    /// The name of the job.
    public var package: String?
    /// The number of the worker that has, or just had, the attempt.
    public var worker: Int?
    /// The phase in which it ended.
    public var phase: String?
    /// Why it failed.
    public var error: String?
    /// How long the job or the whole build took.
    public var durationMilliseconds: Int64?

    /// Creates facts of which only the build is known.
    public init(build: String) { self.build = build }
}

extension DsynthMessage {
    /// The types of messages, each with the types of events of the farm that lead to it.
    public static let sources: [(type: String, events: [String])] = [
        ("build.started", ["job.started"]), ("build.progress", ["build.progress"]), ("build.completed", ["job.ended", "build.ended"]),
        ("build.failed", ["job.ended", "build.ended"]), ("worker.status", ["job.started"]),
        ("worker.idle", ["job.ended", "attempt.ended"]),
        ("log.line", ["log.line"]), ("system.load", ["system.load"]),
    ]

    /// The messages that an event of the farm makes: none for those that go-dsynth's clients know nothing of.
    ///
    /// Messages of one package carry its name; those of a whole build carry none.
    public static func messages(of event: EventRecord, _ facts: DsynthEventFacts) -> [JSONObject] {
        let time = event.timeMilliseconds
        let state = event.data?["state"]?.string ?? ""
        switch event.event {
        case "job.started":
            guard let package = facts.package else { return [] }
            let started = buildStarted(build: facts.build, package: package, worker: facts.worker, at: time)
            return [started] + (facts.worker.map { [workerStatus($0, status: "busy", package: package, at: time)] } ?? [])
        case "job.ended": return [ended(state, facts, package: facts.package, at: time)] + idle(facts, at: time)
        case "attempt.ended": return idle(facts, at: time)
        case "build.ended": return [ended(wholeBuild(state), facts, package: nil, at: time)]
        default: return live(event, facts)
        }
    }

    /// Messages of what is made on the fly.
    private static func live(_ event: EventRecord, _ facts: DsynthEventFacts) -> [JSONObject] {
        guard let data = event.data else { return [] }
        switch event.event {
        case "log.line": return data["line"]?.string.map { [logLine(build: facts.build, line: $0, at: event.timeMilliseconds)] } ?? []
        case "build.progress":
            let percent = (data["fraction"]?.number ?? 0) * 100
            return [
                buildProgress(
                    build: facts.build, package: facts.package, phase: data["phase"]?.string ?? "build", percent: Int(percent),
                    at: event.timeMilliseconds)
            ]
        case "system.load":
            return [
                systemLoad(
                    data["load_avg"]?.array?.compactMap(\.number) ?? [], busy: Int(data["workers_busy"]?.int ?? 0),
                    total: Int(data["workers_total"]?.int ?? 0), at: event.timeMilliseconds)
            ]
        default: return []
        }
    }

    private static func idle(_ facts: DsynthEventFacts, at time: Int64) -> [JSONObject] {
        facts.worker.map { [workerIdle($0, at: time)] } ?? []
    }

    private static func wholeBuild(_ state: String) -> String { BuildState(rawValue: state)?.dsynthStatus ?? state }

    private static func ended(_ state: String, _ facts: DsynthEventFacts, package: String?, at time: Int64) -> JSONObject {
        guard state == JobState.failed.rawValue else {
            return buildCompleted(build: facts.build, package: package, status: state, duration: facts.durationMilliseconds, at: time)
        }
        return buildFailed(build: facts.build, package: package, phase: facts.phase, error: facts.error ?? "build failed", at: time)
    }
}

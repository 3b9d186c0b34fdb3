public import FarmModel

/// A build as go-dsynth's answers show it.
public struct DsynthBuild: Sendable {
    /// The id under which go-dsynth's clients know it; one of our own for builds of other interfaces.
    public var id: String
    /// The build.
    public var build: BuildRecord
    /// What was asked for.
    public var request: DsynthBuildRequest

    /// The profile where none is named.
    public static let usualProfile = "default"

    /// Creates a build.
    public init(id: String, build: BuildRecord, request: DsynthBuildRequest) {
        self.id = id
        self.build = build
        self.request = request
    }

    /// What creating a build answers.
    /// - Parameters:
    ///   - queued: How many packages are to be built, those that others need included.
    ///   - estimateMilliseconds: How long that will take, if that can be told.
    public static func created(id: String, queued: Int, estimateMilliseconds: Int64?) -> JSONObject {
        var object: JSONObject = ["build_id": .string(id), "queued_packages": .int(Int64(queued))]
        object.add("estimated_duration", estimateMilliseconds.map(DsynthDuration.text))
        return object
    }

    /// What a request to cancel or retry answers.
    public static func changed(id: String, status: String, jobs: Int) -> JSONObject {
        ["build_id": .string(id), "status": .string(status), "packages": .int(Int64(jobs))]
    }

    /// The build in a list.
    public var summary: JSONObject {
        var object: JSONObject = ["build_id": .string(id), "status": .string(build.state.dsynthStatus)]
        object.add("profile", request.profile ?? Self.usualProfile)
        object.add("packages", .array(request.packages.map(JSONValue.string)))
        object.addIfTrue("force", request.isForced)
        object.addIfTrue("cancelling", build.isCancelling)
        object.add("created_at", GoText.time(build.createdMilliseconds))
        object.add("start_time", build.startedMilliseconds.map(GoText.time))
        object.add("end_time", build.endedMilliseconds.map(GoText.time))
        if let start = build.startedMilliseconds, let end = build.endedMilliseconds {
            object.add("duration", DsynthDuration.text(milliseconds: end - start))
        }
        object.add("stats", .object(build.tally.dsynthJSON))
        return object
    }

    /// The build with all its packages.
    public func detail(_ jobs: [JobRecord]) -> JSONObject {
        let names = Dictionary(jobs.map { ($0.id, $0.identity.name) }) { first, _ in first }
        var object = summary
        object.add("results", .array(jobs.map { .object($0.dsynthResult(need: $0.via.flatMap { names[$0] })) }))
        return object
    }

    /// What `GET /api/v1/builds` answers.
    /// - Parameter next: The cursor of the page after this one.
    public static func list(_ builds: [DsynthBuild], next: String?) -> JSONObject {
        var object: JSONObject = ["builds": .array(builds.map { .object($0.summary) }), "total": .int(Int64(builds.count))]
        object.add("next", next)
        return object
    }
}

extension BuildState {
    /// go-dsynth's word.
    var dsynthStatus: String {
        switch self {
        case .pending: "queued"
        case .partial: "failed"
        default: rawValue
        }
    }
}

extension JobState {
    /// go-dsynth's word.
    var dsynthStatus: String { self == .pending ? "queued" : rawValue }
}

extension BuildTally {
    fileprivate var dsynthJSON: JSONObject {
        [
            "total": .int(Int64(total)), "queued": .int(Int64(pending)), "running": .int(Int64(running)), "success": .int(Int64(success)),
            "failed": .int(Int64(failed)), "skipped": .int(Int64(skipped)), "cancelled": .int(Int64(cancelled)),
        ]
    }
}

extension JobRecord {
    /// One package of a build.
    /// - Parameter need: The package because of which this one was skipped.
    fileprivate func dsynthResult(need: String?) -> JSONObject {
        var object: JSONObject = ["portdir": .string(identity.name), "status": .string(state.dsynthStatus)]
        object.add("version", version)
        object.add("started_at", startedMilliseconds.map(GoText.time))
        object.add("finished_at", endedMilliseconds.map(GoText.time))
        if let startedMilliseconds, let endedMilliseconds {
            object.add("duration", DsynthDuration.text(milliseconds: endedMilliseconds - startedMilliseconds))
        }
        object.add("error", state == .skipped ? "dependency \(need ?? "of it") failed" : state == .success ? nil : message)
        guard attempts > 0 else { return object }
        object.add("log", FarmPath.log(of: id))
        object.add("artifacts", state == .success ? FarmPath.artifacts(of: id) : nil)
        return object
    }
}

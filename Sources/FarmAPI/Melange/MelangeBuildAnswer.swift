public import FarmModel

/// A build of the second melange service as its answers show it.
public struct MelangeBuildAnswer: Sendable {
    /// The id under which the service knows it.
    public var id: String
    /// The build.
    public var build: BuildRecord
    /// Its jobs in their order: one a package.
    public var jobs: [JobRecord]
    /// What was kept of the request.
    public var data: MelangeBuildData
    /// The backends that ran jobs, where that is known.
    public var backends: [JobID: MelangeBackend]
    /// Where the results of jobs lie as files.
    public var places: [JobID: MelangePlace] = [:]

    /// Creates an answer.
    public init(id: String, build: BuildRecord, jobs: [JobRecord], data: MelangeBuildData, backends: [JobID: MelangeBackend] = [:]) {
        self.id = id
        self.build = build
        self.jobs = jobs
        self.data = data
        self.backends = backends
    }

    /// The build.
    public var json: JSONValue {
        let names = Dictionary(jobs.map { ($0.id, $0.identity.name) }) { first, _ in first }
        let known = Dictionary(data.packages.map { ($0.name, $0) }) { first, _ in first }
        let packages = jobs.map { job in package(job, known[job.identity.name], need: job.via.flatMap { names[$0] }) }
        var object: JSONObject = ["id": .string(id), "status": .string(build.state.melangeStatus(build.tally))]
        object.add("packages", .array(packages))
        object.add("spec", .object(data.spec))
        object.add("created_at", GoText.time(build.createdMilliseconds))
        object.add("started_at", build.startedMilliseconds.map(GoText.time))
        object.add("finished_at", build.endedMilliseconds.map(GoText.time))
        return .object(object)
    }

    private func package(_ job: JobRecord, _ package: MelangePackageSet.Package?, need: String?) -> JSONValue {
        var object: JSONObject = ["name": .string(job.identity.name), "status": .string(job.state.melangeStatus)]
        object.add("config_yaml", package?.configuration ?? "")
        object.add("dependencies", .array((package?.dependencies ?? []).map(JSONValue.string)))
        job.addMelangeRun(to: &object, need: need, place: places[job.id])
        if job.state.isTerminal { object.add("backend", backends[job.id].map { .object($0.short) }) }
        object.add("pipelines", data.options.pipelines.isEmpty ? nil : GoText.map(data.options.pipelines))
        return .object(object)
    }

    /// What creating a build answers.
    public static func created(id: String, packages: [String]) -> JSONValue {
        ["id": .string(id), "packages": .array(packages.map(JSONValue.string))]
    }
}

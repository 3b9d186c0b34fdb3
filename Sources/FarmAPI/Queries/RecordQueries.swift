public import FarmModel
public import FarmStore

extension FarmQueries {
    static var records: [any AnyFarmQuery] {
        [
            resolve, build, job, attempt, recentBuilds, builds, jobsOfBuild, newestJobs, jobPage, attempts, edges, artifacts, goodResults,
            packageNames, tree, newestVerdict,
        ]
    }

    /// What an id means.
    public static let resolve = FarmQuery<String, Target>("resolve") { farm, text, _ throws(FarmError) in try farm.resolve(text) }
    /// A build.
    public static let build = FarmQuery<BuildID, BuildRecord>("build") { farm, id, _ throws(FarmError) in try farm.build(id) }
    /// A job.
    public static let job = FarmQuery<JobID, JobRecord>("job") { farm, id, _ throws(FarmError) in try farm.job(id) }
    /// An attempt.
    public static let attempt = FarmQuery<AttemptID, AttemptRecord>("attempt") { farm, id, _ throws(FarmError) in try farm.attempt(id) }
    /// The unfinished builds and some finished ones.
    public static let recentBuilds = FarmQuery<Int, [BuildRecord]>("recent_builds") { farm, limit, _ throws(FarmError) in
        try farm.recentBuilds(finished: limit)
    }
    /// Builds that fit.
    public static let builds = FarmQuery<Limited<BuildFilter>, [BuildRecord]>("builds") { farm, request, _ throws(FarmError) in
        try farm.builds(request.value, finished: request.limit)
    }
    /// All jobs of a build.
    public static let jobsOfBuild = FarmQuery<BuildID, [JobRecord]>("jobs_of_build") { farm, build, _ throws(FarmError) in
        try farm.jobs(of: build)
    }
    /// The newest jobs that fit.
    public static let newestJobs = FarmQuery<Limited<JobFilter>, [JobRecord]>("newest_jobs") { farm, request, _ throws(FarmError) in
        try farm.jobs(request.value, newest: request.limit)
    }
    /// Some jobs of a build that fit.
    public static let jobPage = FarmQuery<JobPageRequest, JobPage>("job_page") { farm, request, _ throws(FarmError) in
        let page = try farm.jobs(of: request.build, request.filter, from: request.place, atMost: request.limit)
        return JobPage(jobs: page.jobs, next: page.next)
    }
    /// The attempts of a job.
    public static let attempts = FarmQuery<JobID, [AttemptRecord]>("attempts") { farm, job, _ throws(FarmError) in
        try farm.attempts(of: job)
    }
    /// Which job of a build needs which other: pairs, flat, the needing job first.
    public static let edges = FarmQuery<BuildID, [JobID]>("edges") { farm, build, _ throws(FarmError) in
        try farm.edges(of: build).flatMap { [$0.job, $0.need] }
    }
    /// The artifacts of a job.
    public static let artifacts = FarmQuery<JobID, [ArtifactRecord]>("artifacts") { farm, job, _ throws(FarmError) in
        try farm.artifacts(of: job)
    }
    /// The newest good results of a package.
    public static let goodResults = FarmQuery<String, [GoodResult]>("good_results") { farm, package, _ throws(FarmError) in
        try farm.goodResults(of: package)
    }
    /// The names of all packages.
    public static let packageNames = FarmQuery<NoValue, [String]>("package_names") { farm, _, _ throws(FarmError) in
        try farm.packageNames()
    }
    /// The tree whose digest starts with a text.
    public static let tree = FarmQuery<String, Digest>("tree") { farm, text, _ throws(FarmError) in try farm.tree(startingWith: text) }
    /// What the newest rebuild of a job said.
    public static let newestVerdict = FarmQuery<JobID, VerificationRecord.Verdict?>("newest_verdict") { farm, job, _ throws(FarmError) in
        try farm.newestVerdict(of: job)
    }
}

/// A value, and how many answers are wanted at most.
public struct Limited<Value: WireValue>: WireObject {
    /// What is asked about.
    public var value: Value
    /// The most answers; nil for all.
    public var limit: Int?

    /// Limits a question.
    public init(_ value: Value, limit: Int?) {
        self.value = value
        self.limit = limit
    }

    /// `{value, limit}`
    public var json: JSONObject {
        var object: JSONObject = ["value": value.wire]
        object.add("limit", wire: limit)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a limited question")
        self.init(try Value(wire: json["value"] ?? .null), limit: try fields.valueIfAny("limit"))
    }
}

/// Which jobs of a build are wanted.
public struct JobPageRequest: WireObject {
    /// Of which build.
    public var build: BuildID
    /// Which of its jobs.
    public var filter: JobFilter
    /// From which place on.
    public var place: Int64
    /// The most places.
    public var limit: Int

    /// Asks for jobs.
    public init(build: BuildID, filter: JobFilter, place: Int64, limit: Int) {
        self.build = build
        self.filter = filter
        self.place = place
        self.limit = limit
    }

    /// `{build, filter, place, limit}`
    public var json: JSONObject {
        ["build": build.wire, "filter": filter.wire, "place": .int(place), "limit": .int(Int64(limit))]
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a page of jobs")
        let limit: Int = try fields.value("limit")
        self.init(
            build: try fields.id("build"), filter: try fields.value("filter"), place: try fields.integer("place"),
            limit: min(max(1, limit), 10_000))
    }
}

/// Some jobs of a build.
public struct JobPage: WireObject {
    /// The jobs.
    public var jobs: [JobRecord]
    /// The place after them; nil when there are no more.
    public var next: Int64?

    /// Holds jobs.
    public init(jobs: [JobRecord], next: Int64?) {
        self.jobs = jobs
        self.next = next
    }

    /// `{jobs, next}`
    public var json: JSONObject {
        var object: JSONObject = ["jobs": jobs.wire]
        object.add("next", next)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a page of jobs")
        self.init(jobs: try fields.value("jobs"), next: try fields.integerIfAny("next"))
    }
}

public import FarmModel
public import FarmStore

extension FarmQueries {
    static var explaining: [any AnyFarmQuery] { [whyJob, whyBuild, waits, inputs] }

    /// Why a job does not run.
    public static let whyJob = FarmQuery<JobID, WaitExplanation>("why_job") { farm, job, _ throws(FarmError) in try farm.why(job) }
    /// Why the jobs of a build do not run.
    public static let whyBuild = FarmQuery<BuildID, [WaitGroup]>("why_build") { farm, build, _ throws(FarmError) in try farm.why(build) }
    /// The primary reasons of some jobs.
    public static let waits = FarmQuery<[JobID], [JobWait]>("waits") { farm, jobs, _ throws(FarmError) in
        try farm.waits(of: jobs).map { JobWait(job: $0.key, reason: $0.value) }.sorted { $0.job < $1.job }
    }
    /// In which inputs a job differs from its last good build.
    public static let inputs = FarmQuery<JobID, InputExplanation>("inputs") { farm, job, _ throws(FarmError) in
        try farm.explainInputs(of: job)
    }
}

/// Why a job waits.
public struct JobWait: WireObject, Equatable {
    /// The job.
    public var job: JobID
    /// Its primary reason.
    public var reason: WaitReason

    /// Puts a reason beside a job.
    public init(job: JobID, reason: WaitReason) {
        self.job = job
        self.reason = reason
    }

    /// `{job, code, short, sentence, next, facts}`
    public var json: JSONObject {
        var object: JSONObject = [
            "job": job.wire, "code": reason.code.wire, "short": .string(reason.short), "sentence": .string(reason.sentence),
        ]
        object.add("next", reason.next)
        object.add("facts", .object(reason.facts))
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a job that waits")
        job = try fields.id("job")
        reason = WaitReason(
            code: try fields.word("code"), short: try fields.text("short"), sentence: try fields.text("sentence"),
            next: try fields.textIfAny("next"), facts: try fields.object("facts"))
    }
}

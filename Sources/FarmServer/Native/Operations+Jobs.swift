import FarmAPI
import FarmModel

extension Operation {
    static let listJobs = Operation(
        "listJobs", "Jobs of all builds, newest first", role: .read, query: JobListRequest.parameters,
        answers: [.list("jobs", of: "job", "A page of jobs.")])
    static let listJobsOfBuild = Operation(
        "listJobsOfBuild", "The jobs of a build, in the order of its documents", role: .read, query: JobListRequest.parameters,
        answers: [.list("jobs", of: "job", "A page of jobs.")])
    static let getJob = Operation("getJob", "A job", role: .read, answers: [.record("job", "The job.")])
    static let explainJob = Operation(
        "explainJob", "Why a job does not run, and what to type next", role: .read, answers: [.record("why", "The reasons.")])
    static let explainBuild = Operation(
        "explainBuild", "Why the jobs of a build do not run", role: .read, answers: [.record("why", "The reasons, counted.")])
    static let explainInputs = Operation(
        "explainInputs", "In which inputs a job differs from its last good build", role: .read,
        answers: [.list("inputs", of: "input", "The inputs.")])
    static let listAttempts = Operation(
        "listAttempts", "The attempts of a job, oldest first", role: .read,
        answers: [.list("attempts", of: "attempt", "The attempts.")])
    static let getAttempt = Operation(
        "getAttempt", "Everything that is known of an attempt", role: .read, answers: [.record("attempt", "The attempt.")])
}

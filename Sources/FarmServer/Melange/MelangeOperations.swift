import FarmAPI
import FarmModel

/// How the melange services' requests are described.
extension Operation {
    private static let body: JSONObject = ["type": "object"]
    private static let object: JSONObject = ["type": "object"]
    private static let array: JSONObject = ["type": "array", "items": ["type": "object"]]
    private static let limit = Parameter.integer("limit", "The most entries; 500 if not given.", 1...1_000)

    static let melangeCreateJob = Operation(
        "melangeCreateJob", "Build one package (melange-server)", role: .submit, query: SubmitRequest.parameters, body: .json(body),
        answers: [.json(201, "A new job, on disk.", object)])
    static let melangeListJobs = Operation(
        "melangeListJobs", "Jobs of melange-server, oldest first", role: .read, query: [limit],
        answers: [.json(200, "The jobs.", array)])
    static let melangeGetJob = Operation("melangeGetJob", "A job of melange-server", role: .read, answers: [.json(200, "The job.", object)])
    static let melangeCreateBuild = Operation(
        "melangeCreateBuild", "Build packages in the order of their dependencies (melange remote builds)", role: .submit,
        query: SubmitRequest.parameters, body: .json(body), answers: [.json(201, "A new build, on disk.", object)])
    static let melangeListBuilds = Operation(
        "melangeListBuilds", "Builds of melange remote builds, oldest first", role: .read, query: [limit],
        answers: [.json(200, "The builds.", array)])
    static let melangeGetBuild = Operation(
        "melangeGetBuild", "A build of melange remote builds with its packages", role: .read, answers: [.json(200, "The build.", object)])
    static let melangeListBackends = Operation(
        "melangeListBackends", "The machines that build, and their architectures", role: .read,
        query: [Parameter("arch", "Only backends for this architecture.")], answers: [.json(200, "The backends.", object)])
    static let melangeAddBackend = Operation(
        "melangeAddBackend", "Add a backend", role: .operate, body: .json(body), answers: [.json(201, "The backend.", object)],
        problems: [409: "There is a backend with this address already."])
    static let melangeRemoveBackend = Operation(
        "melangeRemoveBackend", "Remove a backend", role: .operate, body: .json(body), answers: [Answer(204, "It is gone.")])
    static let melangeBackendStatus = Operation(
        "melangeBackendStatus", "How the backends fare", role: .read, answers: [.json(200, "The backends.", object)])
}

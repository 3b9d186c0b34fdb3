import FarmAPI
import FarmModel

/// How requests for shared paths are described.
extension Operation {
    private static let dialect = [
        Parameter.word("dialect", "In whose words to answer, where it does not follow from the request.", Dialect.allCases.map(\.rawValue)),
        .flag("envelope", "As dialect=dsynth."),
    ]
    private static let limit = Parameter.integer("limit", "The most entries.", 1...1_000)
    private static let any: JSONObject = ["type": ["object", "array"]]
    private static let object: JSONObject = ["type": "object"]

    static let createSharedJob = Operation(
        "createSharedJob", "Build one package, or a document", role: .submit, query: SubmitRequest.parameters + dialect, body: .documents,
        answers: [.json(201, "A new job or build, on disk.", object), .json(200, "What the same key made before.", object)])
    static let listSharedJobs = Operation(
        "listSharedJobs", "The newest jobs, oldest first", role: .read, query: dialect + [limit], answers: [.json(200, "The jobs.", any)])
    static let getSharedJob = Operation(
        "getSharedJob", "A job in the words of who submitted it", role: .read, query: dialect, answers: [.json(200, "The job.", object)])
    static let createSharedBuild = Operation(
        "createSharedBuild", "Build documents, melange packages, or packages by name", role: .submit,
        query: SubmitRequest.parameters + dialect, body: .documents,
        answers: [.json(201, "A new build, on disk.", object), .json(200, "The build that the same key made before.", object)])
    static let listSharedBuilds = Operation(
        "listSharedBuilds", "The newest builds, oldest first, each in the words of who submitted it", role: .read,
        query: dialect + BuildListRequest.parameters, answers: [.json(200, "The builds.", any)])
    static let getSharedBuild = Operation(
        "getSharedBuild", "A build in the words of who submitted it", role: .read, query: dialect,
        answers: [.json(200, "The build.", object)])
    static let getSharedStatistics = Operation(
        "getSharedStatistics", "What became of builds, and how many wait", role: .read, answers: [.json(200, "The statistics.", object)])
}

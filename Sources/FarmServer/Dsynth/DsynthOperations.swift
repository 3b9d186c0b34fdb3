import FarmAPI
import FarmModel

/// How go-dsynth's requests are described.
extension Operation {
    private static let body = RequestContent.json(["type": "object"])
    private static let data: [Answer] = [.json(200, "In go-dsynth's envelope.", envelope)]
    private static let created: [Answer] = [.json(201, "In go-dsynth's envelope.", envelope)]
    private static let limit = Parameter.integer("limit", "The most entries.", 1...1_000)
    private static let cursor = Parameter("cursor", "The page after this one: what the page before gave as next.")
    private static let envelope: JSONObject = [
        "type": "object", "required": ["status", "data", "meta"],
        "properties": ["status": ["type": "string"], "data": ["type": "object"], "meta": ["type": "object"]],
    ]

    static let dsynthCreateBuild = Operation(
        "dsynthCreateBuild", "Build packages by name, with all that they need", role: .submit, query: SubmitRequest.parameters, body: body,
        answers: created)
    static let dsynthListBuilds = Operation(
        "dsynthListBuilds", "Builds, newest first (go-dsynth)", role: .read, query: BuildListRequest.parameters, answers: data)
    static let dsynthGetBuild = Operation("dsynthGetBuild", "A build with its packages (go-dsynth)", role: .read, answers: data)
    static let dsynthCancelBuild = Operation("dsynthCancelBuild", "Cancel a build (go-dsynth)", role: .submit, answers: data)
    static let dsynthRetryBuild = Operation("dsynthRetryBuild", "Retry what failed in a build (go-dsynth)", role: .submit, answers: data)
    static let dsynthEnqueue = Operation(
        "dsynthEnqueue", "Add packages to the queue", role: .submit, query: SubmitRequest.parameters, body: body, answers: created)
    static let dsynthListQueue = Operation("dsynthListQueue", "The jobs that wait", role: .read, query: [limit], answers: data)
    static let dsynthDequeue = Operation("dsynthDequeue", "Take a job or a build out of the queue", role: .submit, answers: data)
    static let dsynthListPackages = Operation(
        "dsynthListPackages", "The packages that were built", role: .read, query: [limit, cursor], answers: data)
    static let dsynthGetPackage = Operation(
        "dsynthGetPackage", "A package, whose name has slashes; /deps, /history and /status behind it tell parts of it", role: .read,
        answers: data)
    static let dsynthListWorkers = Operation("dsynthListWorkers", "The workers and what they do", role: .read, answers: data)
    static let dsynthGetWorker = Operation("dsynthGetWorker", "A worker", role: .read, answers: data)
    static let dsynthPauseWorker = Operation(
        "dsynthPauseWorker", "Let the runner of a worker start nothing more", role: .operate, answers: data)
    static let dsynthResumeWorker = Operation("dsynthResumeWorker", "Let the runner of a worker start again", role: .operate, answers: data)
    static let dsynthStreamWorkerLog = Operation(
        "dsynthStreamWorkerLog", "The log of what a worker does, line by line", role: .read,
        answers: [.bytes("Lines as Server-Sent Events.", "text/event-stream")])
    static let dsynthGetStatus = Operation("dsynthGetStatus", "What the farm does", role: .read, answers: data)
    static let dsynthGetStatistics = Operation("dsynthGetStatistics", "What became of builds", role: .read, answers: data)
    static let dsynthGetStatisticsOfToday = Operation(
        "dsynthGetStatisticsOfToday", "What became of today's builds, in UTC", role: .read, answers: data)
    static let dsynthGetStatisticsOfPackage = Operation(
        "dsynthGetStatisticsOfPackage", "What became of the builds of a package", role: .read, answers: data)
    static let dsynthGetLog = Operation(
        "dsynthGetLog", "The log of a build", role: .read, answers: [.bytes("The text so far.", "text/plain")])
    static let dsynthStreamLog = Operation(
        "dsynthStreamLog", "The log of a build, line by line until its end", role: .read,
        answers: [.bytes("Lines as Server-Sent Events.", "text/event-stream")])
    static let dsynthGetArtifact = Operation(
        "dsynthGetArtifact", "The package file of a build", role: .read,
        answers: [.bytes("The file.", "application/octet-stream"), Answer(303, "Where an archive of all files is.")])
    static let dsynthGetConfig = Operation("dsynthGetConfig", "The configuration", role: .read, answers: data)
    static let dsynthPutConfig = Operation(
        "dsynthPutConfig", "Change what may be changed of the configuration: never paths or commands", role: .admin, body: body,
        answers: data)
    static let dsynthListProfiles = Operation("dsynthListProfiles", "The profiles", role: .read, answers: data)
    static let dsynthCreateProfile = Operation(
        "dsynthCreateProfile", "Make a profile", role: .admin, body: body, answers: created,
        problems: [409: "There is a profile of this name already."])
    static let dsynthGetDatabaseStatistics = Operation("dsynthGetDatabaseStatistics", "How much is remembered", role: .read, answers: data)
    static let dsynthRebuildDatabase = Operation(
        "dsynthRebuildDatabase", "Check what is remembered of packages", role: .admin, answers: data)
    static let dsynthCleanDatabase = Operation(
        "dsynthCleanDatabase", "Remove what the retention policy does not keep", role: .admin, answers: data)
    static let dsynthExportDatabase = Operation(
        "dsynthExportDatabase", "What is remembered of packages, as text", role: .read, answers: [.bytes("The text.", "text/plain")])
    static let dsynthStreamEvents = Operation(
        "dsynthStreamEvents", "Events as they happen, in go-dsynth's words", role: .read, query: EventRequest.parameters,
        answers: [.bytes("Events, without end.", "text/event-stream", "application/x-ndjson")])
}

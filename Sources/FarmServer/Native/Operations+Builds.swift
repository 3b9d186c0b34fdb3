import FarmAPI
import FarmModel

extension Operation {
    static let createBuild = Operation(
        "createBuild", "Submit documents as one build", role: .submit, query: SubmitRequest.parameters, body: .documents,
        answers: [.record("build", "A new build, on disk.", status: 201), .record("build", "The build that the same key made before.")])
    static let listBuilds = Operation(
        "listBuilds", "Builds, newest first", role: .read, query: BuildListRequest.parameters,
        answers: [.list("builds", of: "build", "A page of builds.")])
    static let getBuild = Operation(
        "getBuild", "A build", role: .read, query: [BuildListRequest.forecast], answers: [.record("build", "The build.")])
}

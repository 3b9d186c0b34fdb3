import FarmAPI
import FarmModel

extension Operation {
    /// The form of what the tools exchange is theirs.
    private static let anything = JSONObject()

    static let toolQuery = Operation(
        "query", "A question of a tool; its form may change with each version", role: .read, body: .json(anything),
        answers: [.json(200, "The answer.", anything)])
    static let toolRequest = Operation(
        "request", "A request of a tool; its form may change with each version", role: .submit, body: .json(anything),
        answers: [.json(200, "What it did.", anything)])
    static let toolSubmission = Operation(
        "submission", "A submission of bf-submit; its form may change with each version", role: .submit, body: .json(anything),
        answers: [.json(201, "A new build, on disk.", anything), .json(200, "The build that the same key made before.", anything)])
    static let changes = Operation(
        "changes", "Answers when something has changed, or after some seconds", role: .read, body: .json(anything),
        answers: [.json(200, "How things are now.", anything)])
    static let logPiece = Operation(
        "logPiece", "Some bytes of a log or of its index", role: .read, query: LogPieceRoutes.parameters,
        answers: [.bytes("The bytes; the header BF-Log-Size tells how many there are now.", "application/octet-stream")])
}

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

extension Operation {
    private static let digest: JSONObject = ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]

    private static func object(_ members: JSONObject) -> JSONObject {
        ["type": "object", "required": .array(members.members.map { .string($0.key) }), "properties": .object(members)]
    }

    static let missingBlobs = Operation(
        "missingBlobs", "Which of some files the farm does not have", role: .submit,
        body: .json(object(["digests": ["type": "array", "maxItems": 10_000, "items": .object(digest)]])),
        answers: [.json(200, "Those that are missing.", object(["missing": ["type": "array", "items": .object(digest)]]))])
    static let getBlob = Operation(
        "getBlob", "A file by its digest, or the part that the header Range asks for", role: .read,
        answers: [
            .bytes("The bytes.", "application/octet-stream"),
            Answer(206, "A part of the bytes.", [("application/octet-stream", ["type": "string"])]),
        ],
        problems: [416: "There is no such part."])
    static let putBlob = Operation(
        "putBlob", "Bring a file; its bytes must have the digest", role: .submit, body: .bytes,
        answers: [.json(201, "It is in the farm.", object(["digest": .object(digest), "bytes": ["type": "integer"]]))])
    static let patchBlob = Operation(
        "patchBlob",
        "Bring the next piece of a file: the header Upload-Offset tells where it begins, Upload-Complete: ?1 that it is the last",
        role: .submit, body: .bytes,
        answers: [
            .json(200, "So much has come.", object(["offset": ["type": "integer"]])),
            .json(201, "The file is in the farm.", object(["digest": .object(digest), "bytes": ["type": "integer"]])),
        ], problems: [409: "The piece does not begin where the last one ended."])
    static let getUpload = Operation(
        "getUpload", "How much of a file has come in pieces", role: .submit,
        answers: [.json(200, "The bytes that have come.", object(["offset": ["type": "integer"]]))])
    static let addTree = Operation(
        "addTree", "Bring a tree whose files are in the farm, by its canonical manifest", role: .submit, body: .bytes,
        answers: [.json(201, "It is in the farm for a day without a build.", object(["tree": .object(digest)]))],
        problems: [409: "Files of it are missing."])
}

import FarmAPI
import FarmModel

extension Operation {
    private static let digest: JSONObject = ["type": "string", "pattern": "^(sha256:)?[0-9a-fA-F]{64}$"]
    private static let created: JSONObject = ["type": "object", "required": ["digest"], "properties": ["digest": .object(digest)]]

    static let listMissingBlobs = Operation(
        "listMissingBlobs", "Which of some files are not in the store, so that only those are uploaded", role: .submit,
        body: .json(
            [
                "type": "object", "required": ["digests"],
                "properties": ["digests": ["type": "array", "items": .object(digest), "maxItems": 10_000]],
            ]),
        answers: [
            .json(
                200, "The missing ones, in the same order.",
                ["type": "object", "required": ["missing"], "properties": ["missing": ["type": "array", "items": .object(digest)]]])
        ], problems: [404: "One of them is no digest."])
    static let putBlob = Operation(
        "putBlob",
        """
        Upload a file from its beginning. With the header Upload-Complete: ?0 further parts follow, each by PATCH; what came before a \
        connection was lost stays, and HEAD says in Upload-Offset how much that is
        """, role: .submit, body: .bytes,
        answers: uploads, problems: [413: "The file is too large.", 422: "Its digest is another."])
    static let patchBlob = Operation(
        "patchBlob",
        """
        Go on with the upload of a file. The header Upload-Offset says where the part begins, Upload-Complete: ?1 that it is the last
        """, role: .submit, body: .bytes, answers: uploads,
        problems: [
            409: "The upload goes on elsewhere: Upload-Offset says where.", 413: "The file is too large.", 422: "Its digest is another.",
        ])
    static let createTree = Operation(
        "createTree", "Make a tree of uploaded files, by its canonical manifest; documents may name it as a source", role: .submit,
        body: RequestContent([("application/x-ndjson", ["type": "string"])]),
        answers: [
            .json(
                201, "The tree, on disk for a day without a build.",
                ["type": "object", "required": ["tree"], "properties": ["tree": .object(digest)]])
        ], problems: [409: "Files are missing; their digests are in missing.", 413: "The manifest is too large."])

    private static let uploads: [Answer] = [
        .json(201, "The file is whole and on disk, for a day without a tree.", created),
        .json(200, "The file was in the store already.", created),
        Answer(204, "More parts are to come; Upload-Offset says where they go on."),
    ]
}

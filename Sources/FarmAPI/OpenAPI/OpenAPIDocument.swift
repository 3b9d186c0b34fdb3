public import FarmModel

/// The description of the whole interface (OpenAPI 3.1), made of the descriptions of its operations.
public struct OpenAPIDocument: Sendable {
    /// An operation and where it is.
    public struct Entry: Sendable {
        /// In small letters: `get`.
        public var method: String
        /// With parameters in braces.
        public var path: String
        /// What it does.
        public var operation: Operation
        /// Under which heading it stands.
        public var tag: String
        /// The media types of its errors, and their schemas.
        public var problems: [(type: String, schema: JSONObject)]

        /// Places an operation.
        public init(method: String, path: String, operation: Operation, tag: String, problems: [(type: String, schema: JSONObject)]) {
            self.method = method
            self.path = path
            self.operation = operation
            self.tag = tag
            self.problems = problems
        }
    }

    private let entries: [Entry]

    /// Describes operations.
    public init(_ entries: [Entry]) { self.entries = entries }

    /// The document.
    public var json: JSONObject {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "bf-serve", "version": .string(Release.version),
                "description": "A build farm over HTTP. Ids are those of the tools; a unique beginning of one is accepted too.",
            ],
            "security": [["bearer": []], ["key": []], [:]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer"], "key": ["type": "apiKey", "in": "header", "name": "X-API-Key"],
                ],
            ],
        ]
    }

    private var paths: JSONObject {
        var paths = JSONObject()
        for entry in entries {
            let path = entry.path.replacing("...}", with: "}")
            var item = paths[path]?.object ?? JSONObject()
            item[entry.method] = .object(OperationText(entry).json)
            paths[path] = .object(item)
        }
        return paths
    }

    private var schemas: JSONObject {
        var schemas: JSONObject = ["problem": .object(Self.problem), "failure": .object(Self.failure)]
        for schema in RecordSchema.all {
            var json = schema.json
            json["$schema"] = nil
            schemas.add(schema.kind, .object(json))
        }
        return schemas
    }

    /// An error in go-dsynth's envelope.
    private static let failure: JSONObject = [
        "type": "object", "required": ["status", "error", "meta"],
        "properties": [
            "status": ["const": "error"],
            "error": [
                "type": "object", "required": ["code", "message", "details"],
                "properties": ["code": ["type": "string"], "message": ["type": "string"], "details": ["type": "object"]],
            ], "meta": ["type": "object"],
        ],
    ]

    /// The schema of ``Problem``.
    private static let problem: JSONObject = [
        "type": "object", "required": ["type", "title", "status", "detail", "code", "request_id"],
        "description": "What is wrong, as RFC 9457 has it.",
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string", "description": "One sentence: what is wrong, where, what to do next."],
            "code": ["type": "string", "description": "A word that programs may rely on."],
            "request_id": ["type": "string", "description": "Names the request in the server's log."],
            "retry_after_s": ["type": "integer"],
        ],
    ]
}

/// One operation as the document has it.
private struct OperationText {
    let entry: OpenAPIDocument.Entry
    private var operation: Operation { entry.operation }

    init(_ entry: OpenAPIDocument.Entry) { self.entry = entry }

    var json: JSONObject {
        var object: JSONObject = [
            "operationId": .string(operation.id), "summary": .string(operation.summary), "tags": [.string(entry.tag)],
            "parameters": .array(parameters), "responses": .object(responses),
        ]
        if let role = operation.role {
            object.add("description", "Needs the role \(role.rawValue).")
        } else {
            object.add("security", [])
        }
        if let body = operation.body {
            object.add("requestBody", ["required": .bool(body.isRequired), "content": .object(content(body.types))])
        }
        return object
    }

    private var pathNames: [String] {
        entry.path.split(separator: "/").compactMap { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return nil }
            return String(part.dropFirst().dropLast()).replacing("...", with: "")
        }
    }

    private var parameters: [JSONValue] {
        let inPath = pathNames.map { name -> JSONValue in
            ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string", "minLength": 1]]
        }
        let inQuery = operation.query.map { parameter -> JSONValue in
            let schema: JSONValue = .object(parameter.schema)
            return [
                "name": .string(parameter.name), "in": "query", "description": .string(parameter.meaning),
                "schema": parameter.isRepeated ? ["type": "array", "items": schema] : schema,
            ]
        }
        return inPath + inQuery
    }

    private var responses: JSONObject {
        var responses = JSONObject()
        for answer in merged(operation.answers) {
            var object: JSONObject = ["description": .string(answer.meaning)]
            if !answer.types.isEmpty { object.add("content", .object(content(answer.types))) }
            responses.add(String(answer.status), .object(object))
        }
        for (status, meaning) in problems.sorted(by: { $0.key < $1.key }) where responses[String(status)] == nil {
            responses.add(String(status), ["description": .string(meaning), "content": .object(content(entry.problems))])
        }
        return responses
    }

    /// Each status once: an operation may answer one thing or another with the same.
    private func merged(_ answers: [Answer]) -> [Answer] {
        var merged: [Answer] = []
        for answer in answers {
            guard let index = merged.firstIndex(where: { $0.status == answer.status }) else {
                merged.append(answer)
                continue
            }
            merged[index].meaning += " " + answer.meaning
            merged[index].types += answer.types
        }
        return merged
    }

    /// The errors that an operation of this form can have.
    private var problems: [Int: String] {
        var problems = [400: "The request is malformed.", 503: "Try again later."]
        if operation.role != nil {
            problems[401] = "A key is needed, or the one shown is not valid."
            problems[403] = "The key may not do this, or without a key the request may not come from there."
            problems[429] = "The key sends too many requests."
        }
        if !pathNames.isEmpty { problems[404] = "There is nothing of this name." }
        if !pathNames.isEmpty || operation.body != nil || operation.role == .operate {
            problems[422] = "What is asked for cannot be done."
        }
        if operation.body != nil {
            problems[413] = "The body is too large."
            problems[507] = "There is no room, or the disk does not work."
        }
        return problems.merging(operation.problems) { $1 }
    }

    private func content(_ types: [(type: String, schema: JSONObject)]) -> JSONObject {
        var content = JSONObject()
        for (type, schema) in types { content.add(type, ["schema": .object(schema)]) }
        return content
    }
}

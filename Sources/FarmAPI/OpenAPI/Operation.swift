public import FarmModel

/// What one request does, as OpenAPI describes it: the one description that registers the route, guards it and documents it.
public struct Operation: Sendable {
    /// Unique, for client generators: `listBuilds`.
    public var id: String
    /// One line.
    public var summary: String
    /// The least role that may; nil for anybody, also without a key.
    public var role: Role?
    /// What may stand in the query; anything else there is refused.
    public var query: [Parameter]
    /// What the request carries.
    public var body: RequestContent?
    /// What comes back when it goes well. Errors are added by ``OpenAPIDocument``.
    public var answers: [Answer]
    /// Statuses of errors that only this operation has, and what they mean.
    public var problems: [Int: String]

    /// Describes an operation.
    public init(
        _ id: String, _ summary: String, role: Role?, query: [Parameter] = [], body: RequestContent? = nil, answers: [Answer],
        problems: [Int: String] = [:]
    ) {
        self.id = id
        self.summary = summary
        self.role = role
        self.query = query
        self.body = body
        self.answers = answers
        self.problems = problems
    }
}

/// A parameter of the query or a header.
public struct Parameter: Sendable {
    /// Its name.
    public var name: String
    /// What it means.
    public var meaning: String
    /// The JSON Schema of its value.
    public var schema: JSONObject
    /// True where it may be given more than once.
    public var isRepeated: Bool

    /// Describes a parameter.
    public init(_ name: String, _ meaning: String, _ schema: JSONObject = ["type": "string"], isRepeated: Bool = false) {
        self.name = name
        self.meaning = meaning
        self.schema = schema
        self.isRepeated = isRepeated
    }

    /// A number within bounds.
    public static func integer(_ name: String, _ meaning: String, _ range: ClosedRange<Int>) -> Parameter {
        Parameter(
            name, meaning,
            ["type": "integer", "minimum": .int(Int64(range.lowerBound)), "maximum": .int(Int64(range.upperBound))])
    }

    /// `true` or `false`.
    public static func flag(_ name: String, _ meaning: String) -> Parameter { Parameter(name, meaning, ["type": "boolean"]) }

    /// One of some words.
    public static func word(_ name: String, _ meaning: String, _ words: [String]) -> Parameter {
        Parameter(name, meaning, ["type": "string", "enum": .array(words.map(JSONValue.string))])
    }
}

/// What a request carries.
public struct RequestContent: Sendable {
    /// The schema by media type.
    public var types: [(type: String, schema: JSONObject)]
    /// False where the body may be left out.
    public var isRequired: Bool

    /// A body of one of some types.
    public init(_ types: [(type: String, schema: JSONObject)], isRequired: Bool = true) {
        self.types = types
        self.isRequired = isRequired
    }

    /// A JSON body.
    public static func json(_ schema: JSONObject, isRequired: Bool = true) -> RequestContent {
        RequestContent([("application/json", schema)], isRequired: isRequired)
    }

    /// Bytes of any kind.
    public static let bytes = RequestContent([("application/octet-stream", JSONObject())])

    /// Documents as bf-submit reads them.
    public static let documents = RequestContent([
        ("application/json", ["type": ["object", "array"]]), ("application/x-ndjson", ["type": "string"]),
        ("application/yaml", ["type": "string"]),
    ])
}

/// What comes back when it goes well.
public struct Answer: Sendable {
    /// The HTTP status.
    public var status: Int
    /// When it is this one.
    public var meaning: String
    /// The schema by media type; none for an empty body.
    public var types: [(type: String, schema: JSONObject)]

    /// Describes an answer.
    public init(_ status: Int, _ meaning: String, _ types: [(type: String, schema: JSONObject)] = []) {
        self.status = status
        self.meaning = meaning
        self.types = types
    }

    /// A JSON value.
    public static func json(_ status: Int, _ meaning: String, _ schema: JSONObject) -> Answer {
        Answer(status, meaning, [("application/json", schema)])
    }

    /// A record of a kind that bf-records(5) describes.
    public static func record(_ kind: String, _ meaning: String, status: Int = 200) -> Answer {
        json(status, meaning, .reference(kind))
    }

    /// `{"KEY": [records], "next": cursor}`
    public static func list(_ key: String, of kind: String, _ meaning: String) -> Answer {
        json(
            200, meaning,
            [
                "type": "object", "required": [.string(key)],
                "properties": [
                    key: ["type": "array", "items": .object(.reference(kind))],
                    "next": ["type": "string", "description": "What to give as cursor for the following page; absent on the last."],
                ],
            ])
    }

    /// Bytes of some media types. The schema of events is that of each of them, and they differ.
    public static func bytes(_ meaning: String, _ types: String...) -> Answer {
        Answer(200, meaning, types.map { ($0, $0 == "text/event-stream" ? [:] : ["type": "string"]) })
    }
}

extension JSONObject {
    /// Refers to a schema among the document's components.
    public static func reference(_ name: String) -> JSONObject { ["$ref": .string("#/components/schemas/\(name)")] }
}

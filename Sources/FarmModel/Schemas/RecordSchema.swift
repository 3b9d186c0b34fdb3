/// What the records of one kind hold, as a JSON Schema (draft 2020-12). Keys may be added in later versions, so others are allowed.
public struct RecordSchema: Sendable {
    /// The kind of the records.
    public let kind: String
    /// What they are, in one sentence.
    let summary: String
    let members: [SchemaMember]

    /// All kinds, in the order of the manual.
    public static let all = [
        spec, build, job, why, input, attempt, history, difference, statistics, artifact, file, log, event, runner, collection, pin,
        setting,
        check, verification, token, backend, message,
    ]

    /// The schema itself.
    public var json: JSONObject {
        let kindMember = SchemaMember("kind", .word([kind]), "The kind of the record.", isRequired: true)
        var object: JSONObject = ["$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string(kind)]
        object.add("description", summary)
        for member in SchemaValue.object([kindMember] + members).json.members { object.add(member.key, member.value) }
        return object
    }
}

/// One key of a record.
struct SchemaMember: Sendable {
    let key: String
    let value: SchemaValue
    let meaning: String
    let isRequired: Bool

    init(_ key: String, _ value: SchemaValue, _ meaning: String, isRequired: Bool = false) {
        self.key = key
        self.value = value
        self.meaning = meaning
        self.isRequired = isRequired
    }
}

/// What a key holds.
indirect enum SchemaValue: Sendable {
    case text
    /// One of these words.
    case word([String])
    case integer
    case number
    case flag
    /// An id of these kinds, by their letters: `b`, `j`, `a`, `r`, `t`.
    case id(String)
    /// RFC 3339 in UTC.
    case time
    /// `sha256:` and 64 digits.
    case digest
    case list(SchemaValue)
    case object([SchemaMember])
    /// An object with any keys, whose values are alike.
    case map(SchemaValue)
    /// An object with any content.
    case anyObject
    /// One of several.
    case either([SchemaValue])
    case anything

    var json: JSONObject {
        switch self {
        case .text: ["type": "string"]
        case .word(let words): ["enum": .array(words.map(JSONValue.string))]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .id(let letters): ["type": "string", "pattern": .string("^[\(letters)]-[0-9a-hjkmnp-tv-z]{12}$")]
        case .time: ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"]
        case .digest: ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
        case .list(let element): ["type": "array", "items": .object(element.json)]
        case .object(let members): Self.object(members)
        case .map(let value): ["type": "object", "additionalProperties": .object(value.json)]
        case .anyObject: ["type": "object"]
        case .either(let values): ["anyOf": .array(values.map { .object($0.json) })]
        case .anything: [:]
        }
    }

    private static func object(_ members: [SchemaMember]) -> JSONObject {
        var properties = JSONObject()
        for member in members {
            var value = member.value.json
            value.add("description", member.meaning)
            properties.add(member.key, .object(value))
        }
        var object: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = members.filter(\.isRequired).map { JSONValue.string($0.key) }
        if !required.isEmpty { object.add("required", .array(required)) }
        return object
    }
}

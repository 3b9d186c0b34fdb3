/// A JSON value as a plain Swift value.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The string, or nil for any other kind.
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The integer, or nil for any other kind.
    public var int: Int64? { if case .int(let value) = self { value } else { nil } }
    /// The number, whole or not; nil for any other kind.
    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
    /// The truth value, or nil for any other kind.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements, or nil for any other kind.
    public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    /// The members, or nil for any other kind.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The member of an object; nil if this is no object or has no such member.
    public subscript(_ key: String) -> JSONValue? { object?[key] }

    /// Compact text; members in their own order.
    public var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return writer.text
    }

    /// Compact text with members sorted by key: equal values have equal bytes, so it can be hashed.
    public var canonicalText: String {
        var writer = JSONWriter(sortsKeys: true)
        writer.write(self)
        return writer.text
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object; keys must be unique.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(uniqueMembers: elements.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral {
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .int(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

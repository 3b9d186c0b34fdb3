public import FarmModel

/// A value that the questions of the tools and their answers carry as JSON, both ways.
public protocol WireValue: Sendable {
    /// The value as JSON.
    var wire: JSONValue { get }

    /// Reads ``wire``.
    /// - Throws: `badInput` for anything else.
    init(wire: JSONValue) throws(FarmError)
}

extension WireValue {
    /// What to throw for JSON that is no such value.
    static func fault(_ wire: JSONValue) -> FarmError {
        FarmError(.badInput, "expected \(Self.self), found \(JSONValue.string(String(wire.text.prefix(60))).text)")
    }
}

/// Nothing to say.
public struct NoValue: WireValue {
    /// `null`
    public var wire: JSONValue { .null }

    /// There is only one.
    public init() {}

    /// Takes anything.
    public init(wire: JSONValue) {}
}

extension String: WireValue {
    /// A string.
    public var wire: JSONValue { .string(self) }

    /// Reads a string.
    public init(wire: JSONValue) throws(FarmError) {
        guard let text = wire.string else { throw Self.fault(wire) }
        self = text
    }
}

extension Bool: WireValue {
    /// `true` or `false`
    public var wire: JSONValue { .bool(self) }

    /// Reads `true` or `false`.
    public init(wire: JSONValue) throws(FarmError) {
        guard let flag = wire.bool else { throw Self.fault(wire) }
        self = flag
    }
}

extension Int64: WireValue {
    /// A number.
    public var wire: JSONValue { .int(self) }

    /// Reads a number.
    public init(wire: JSONValue) throws(FarmError) {
        guard let number = wire.int else { throw Self.fault(wire) }
        self = number
    }
}

extension Int: WireValue {
    /// A number.
    public var wire: JSONValue { .int(Int64(self)) }

    /// Reads a number.
    public init(wire: JSONValue) throws(FarmError) { self = Int(try Int64(wire: wire)) }
}

extension Optional: WireValue where Wrapped: WireValue {
    /// The value, or `null`.
    public var wire: JSONValue { map(\.wire) ?? .null }

    /// Reads a value or `null`.
    public init(wire: JSONValue) throws(FarmError) { self = wire == .null ? nil : try Wrapped(wire: wire) }
}

extension Array: WireValue where Element: WireValue {
    /// An array.
    public var wire: JSONValue { .array(map(\.wire)) }

    /// Reads an array.
    public init(wire: JSONValue) throws(FarmError) {
        guard let values = wire.array else { throw Self.fault(wire) }
        self = try values.map { value throws(FarmError) in try Element(wire: value) }
    }
}

extension Identifier: WireValue {
    /// The full text of the id.
    public var wire: JSONValue { .string(description) }

    /// Reads the full text of an id.
    public init(wire: JSONValue) throws(FarmError) {
        guard let id = wire.string.flatMap({ Self($0) }) else { throw Self.fault(wire) }
        self = id
    }
}

extension Digest: WireValue {
    /// The full text of the digest.
    public var wire: JSONValue { .string(description) }

    /// Reads a digest.
    public init(wire: JSONValue) throws(FarmError) {
        guard let digest = wire.string.flatMap({ Digest($0) }) else { throw Self.fault(wire) }
        self = digest
    }
}

/// A word of a closed set.
public protocol WireWord: WireValue, RawRepresentable<String> {}

extension WireWord {
    /// The word.
    public var wire: JSONValue { .string(rawValue) }

    /// Reads a word of the set.
    public init(wire: JSONValue) throws(FarmError) {
        guard let word = wire.string.flatMap(Self.init(rawValue:)) else { throw Self.fault(wire) }
        self = word
    }
}

extension VerificationRecord.Verdict: WireWord {}
extension WaitCode: WireWord {}

/// A value with members.
public protocol WireObject: WireValue, JSONCoded {}

extension WireObject {
    /// The object.
    public var wire: JSONValue { .object(json) }

    /// Reads an object.
    public init(wire: JSONValue) throws(FarmError) {
        guard let object = wire.object else { throw Self.fault(wire) }
        try self.init(json: object)
    }
}

extension BuildRecord: WireObject {}
extension JobRecord: WireObject {}
extension AttemptRecord: WireObject {}
extension ArtifactRecord: WireObject {}
extension RunnerRecord: WireObject {}
extension EventRecord: WireObject {}
extension HistoryRecord: WireObject {}
extension BuildForecast: WireObject {}

extension JSONFields {
    /// A member that is a value of its own.
    func value<Value: WireValue>(_ key: String) throws(FarmError) -> Value { try required(key) { try? Value(wire: $0) } }

    /// A member that is a value of its own, or nil.
    func valueIfAny<Value: WireValue>(_ key: String) throws(FarmError) -> Value? { try optional(key) { try? Value(wire: $0) } }
}

extension JSONObject {
    /// Adds a member unless its value is nil.
    mutating func add(_ key: String, wire value: (some WireValue)?) { add(key, value?.wire) }
}

/// A value with a JSON object that says all of it.
public protocol JSONCoded: Sendable {
    /// The object.
    var json: JSONObject { get }

    /// Reads the object; members it does not know are passed over.
    /// - Throws: `badInput` for a member that is missing or wrong.
    init(json: JSONObject) throws(FarmError)
}

/// Reads the members of a JSON object that another program of the farm wrote.
public struct JSONFields: Sendable {
    private let object: JSONObject
    private let what: String

    /// - Parameter what: What the object is, for errors: `a build record`.
    public init(_ object: JSONObject, of what: String) {
        self.object = object
        self.what = what
    }

    /// What to throw for a member that is missing or wrong.
    public func fault(_ key: String) -> FarmError {
        FarmError(.badInput, "\(what): the member \(JSONValue.string(key).text) is missing or wrong")
    }

    /// A member read by a rule; nil where there is none or it is null.
    public func optional<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws(FarmError) -> Value? {
        guard let value = object[key], value != .null else { return nil }
        guard let result = read(value) else { throw fault(key) }
        return result
    }

    /// A member read by a rule.
    public func required<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws(FarmError) -> Value {
        guard let value = try optional(key, read) else { throw fault(key) }
        return value
    }

    /// Text.
    public func text(_ key: String) throws(FarmError) -> String { try required(key, \.string) }

    /// Text, or nil.
    public func textIfAny(_ key: String) throws(FarmError) -> String? { try optional(key, \.string) }

    /// A whole number.
    public func integer(_ key: String) throws(FarmError) -> Int64 { try required(key, \.int) }

    /// A whole number, or nil.
    public func integerIfAny(_ key: String) throws(FarmError) -> Int64? { try optional(key, \.int) }

    /// A count; 0 where there is none.
    public func count(_ key: String) throws(FarmError) -> Int { try optional(key) { $0.int.flatMap(Int.init(exactly:)) } ?? 0 }

    /// A number that fits its type, or nil.
    public func numberIfAny<Number: FixedWidthInteger>(_ key: String) throws(FarmError) -> Number? {
        try optional(key) { $0.int.flatMap(Number.init(exactly:)) }
    }

    /// A mark that is there or is not.
    public func flag(_ key: String) throws(FarmError) -> Bool { try optional(key, \.bool) ?? false }

    /// An id.
    public func id<Kind: IdentifierKind>(_ key: String) throws(FarmError) -> Identifier<Kind> {
        try required(key) { $0.string.flatMap { Identifier<Kind>($0) } }
    }

    /// An id, or nil.
    public func idIfAny<Kind: IdentifierKind>(_ key: String) throws(FarmError) -> Identifier<Kind>? {
        try optional(key) { $0.string.flatMap { Identifier<Kind>($0) } }
    }

    /// A digest, or nil.
    public func digestIfAny(_ key: String) throws(FarmError) -> Digest? { try optional(key) { $0.string.flatMap { Digest($0) } } }

    /// A word of a closed set.
    public func word<Word: RawRepresentable<String>>(_ key: String) throws(FarmError) -> Word {
        try required(key) { $0.string.flatMap(Word.init(rawValue:)) }
    }

    /// A word of a closed set, or nil.
    public func wordIfAny<Word: RawRepresentable<String>>(_ key: String) throws(FarmError) -> Word? {
        try optional(key) { $0.string.flatMap(Word.init(rawValue:)) }
    }

    /// A time, in milliseconds since 1970.
    public func time(_ key: String) throws(FarmError) -> Int64 { try required(key) { $0.string.flatMap { Timestamp.parse($0) } } }

    /// A time, in milliseconds since 1970, or nil.
    public func timeIfAny(_ key: String) throws(FarmError) -> Int64? { try optional(key) { $0.string.flatMap { Timestamp.parse($0) } } }

    /// Texts; none where the member is missing.
    public func texts(_ key: String) throws(FarmError) -> [String] {
        try optional(key) { value in
            guard let values = value.array else { return nil }
            let texts = values.compactMap(\.string)
            return texts.count == values.count ? texts : nil
        } ?? []
    }

    /// An object, or nil.
    public func objectIfAny(_ key: String) throws(FarmError) -> JSONObject? { try optional(key, \.object) }

    /// An object.
    public func object(_ key: String) throws(FarmError) -> JSONObject { try required(key, \.object) }

    /// A job's name, architecture and cell as records have them.
    public func identity() throws(FarmError) -> JobIdentity {
        let architecture = try required("arch") { $0.string.flatMap { Architecture($0) } }
        var cell: [String: String] = [:]
        for member in try objectIfAny("cell")?.members ?? [] {
            guard let value = member.value.string else { throw fault("cell") }
            cell[member.key] = value
        }
        return JobIdentity(name: try text("name"), architecture: architecture, cell: cell)
    }
}

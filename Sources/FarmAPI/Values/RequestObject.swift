internal import FarmModel

/// The JSON object of a request, read field by field. Keys that nobody asks for are passed over, and null is as good as absent.
struct RequestObject {
    /// What is wrong with a body, in a few words.
    struct Fault: Error, Equatable {
        var reason: String
    }

    let object: JSONObject

    /// Reads a body. Examples in documents carry comments behind `#`, and people send them as they are: outside of strings these are skipped
    /// where the text is no JSON with them.
    init(body: [UInt8]) throws(Fault) {
        guard body.contains(where: { !$0.isSpace }) else { throw Fault(reason: "EOF") }
        let value: JSONValue
        do throws(JSONSyntaxError) { value = try JSONParser.parse(bytes: body) } catch {
            guard let stripped = Self.withoutComments(body), let found = try? JSONParser.parse(bytes: stripped) else {
                throw Fault(reason: error.description)
            }
            value = found
        }
        guard case .object(let object) = value else { throw Fault(reason: "expected an object, found \(value.kindName)") }
        self.object = object
    }

    init(_ object: JSONObject) { self.object = object }

    func string(_ key: String) throws(Fault) -> String? {
        guard let value = value(key) else { return nil }
        return try Self.string(value, key)
    }

    func flag(_ key: String) throws(Fault) -> Bool {
        guard let value = value(key) else { return false }
        guard let flag = value.bool else { throw Self.fault(key, "true or false", value) }
        return flag
    }

    func integer(_ key: String) throws(Fault) -> Int64? {
        guard let value = value(key) else { return nil }
        guard let integer = value.int else { throw Self.fault(key, "a whole number", value) }
        return integer
    }

    func strings(_ key: String) throws(Fault) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let elements = value.array else { throw Self.fault(key, "a list of strings", value) }
        var strings: [String] = []
        for element in elements { strings.append(try Self.string(element, key)) }
        return strings
    }

    /// A mapping of strings to strings.
    func map(_ key: String) throws(Fault) -> [String: String]? {
        guard let object = try child(key) else { return nil }
        var map: [String: String] = [:]
        for member in object.object.members { map[member.key] = try Self.string(member.value, "\(key).\(member.key)") }
        return map
    }

    func child(_ key: String) throws(Fault) -> RequestObject? {
        guard let value = value(key) else { return nil }
        guard let object = value.object else { throw Self.fault(key, "an object", value) }
        return RequestObject(object)
    }

    /// The children of an object, by their keys.
    func children(_ key: String) throws(Fault) -> [(key: String, value: RequestObject)] {
        guard let object = try child(key) else { return [] }
        var children: [(key: String, value: RequestObject)] = []
        for member in object.object.members {
            guard let child = try object.child(member.key) else { continue }
            children.append((member.key, child))
        }
        return children
    }

    private func value(_ key: String) -> JSONValue? {
        let value = object[key]
        return value == .null ? nil : value
    }

    private static func string(_ value: JSONValue, _ key: String) throws(Fault) -> String {
        guard let string = value.string else { throw fault(key, "a string", value) }
        return string
    }

    private static func fault(_ key: String, _ expectation: String, _ value: JSONValue) -> Fault {
        Fault(reason: "\(key): expected \(expectation), found \(value.kindName)")
    }

    /// The text without what stands behind `#` outside of strings; nil if there is nothing of that kind.
    private static func withoutComments(_ body: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var isInString = false
        var isEscaped = false
        var isComment = false
        for byte in body {
            if isComment { isComment = byte != UInt8(ascii: "\n") }
            if isComment { continue }
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else if byte == UInt8(ascii: "#") {
                isComment = true
                continue
            } else {
                isInString = byte == UInt8(ascii: "\"")
            }
            result.append(byte)
        }
        return result.count == body.count ? nil : result
    }
}

extension JSONValue {
    /// How messages call a value.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .int, .double: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 32 || (9...13).contains(self) }
}

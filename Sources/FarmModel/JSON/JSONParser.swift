/// Reads JSON text into a ``JSONValue``.
public struct JSONParser {
    /// Deeper nesting is refused, so that hostile input cannot exhaust the stack.
    public static let depthLimit = 64

    private var scanner: JSONScanner

    /// Parses one complete value.
    public static func parse(_ text: some StringProtocol) throws(JSONSyntaxError) -> JSONValue { try parse(bytes: Array(text.utf8)) }

    /// Parses one complete value from UTF-8 bytes.
    public static func parse(bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        let result = bytes.withUnsafeBufferPointer { pointer -> Result<JSONValue, JSONSyntaxError> in
            var parser = JSONParser(scanner: JSONScanner(pointer))
            do throws(JSONSyntaxError) { return .success(try parser.readDocument()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private mutating func readDocument() throws(JSONSyntaxError) -> JSONValue {
        let value = try readValue(depth: 0)
        scanner.skipSpace()
        guard scanner.isAtEnd else { throw scanner.error("text after the value") }
        return value
    }

    private mutating func readValue(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth < Self.depthLimit else { throw scanner.error("nested deeper than \(Self.depthLimit)") }
        scanner.skipSpace()
        switch scanner.peek {
        case UInt8(ascii: "{"): return .object(try readObject(depth: depth))
        case UInt8(ascii: "["): return .array(try readArray(depth: depth))
        case UInt8(ascii: "\""): return .string(try scanner.readString())
        case UInt8(ascii: "t"): try scanner.readWord("true"); return .bool(true)
        case UInt8(ascii: "f"): try scanner.readWord("false"); return .bool(false)
        case UInt8(ascii: "n"): try scanner.readWord("null"); return .null
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try scanner.readNumber()
        case nil: throw scanner.error("text ends where a value should be")
        default: throw scanner.error("expected a value")
        }
    }

    private mutating func readArray(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        _ = scanner.take(UInt8(ascii: "["))
        var elements: [JSONValue] = []
        scanner.skipSpace()
        if scanner.take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try readValue(depth: depth + 1))
            scanner.skipSpace()
        } while scanner.take(UInt8(ascii: ","))
        guard scanner.take(UInt8(ascii: "]")) else { throw scanner.error("expected , or ]") }
        return elements
    }

    private mutating func readObject(depth: Int) throws(JSONSyntaxError) -> JSONObject {
        _ = scanner.take(UInt8(ascii: "{"))
        var members: [JSONObject.Member] = []
        scanner.skipSpace()
        if scanner.take(UInt8(ascii: "}")) { return JSONObject() }
        var seen: Set<String> = []
        repeat {
            scanner.skipSpace()
            let key = try scanner.readString()
            guard seen.insert(key).inserted else { throw scanner.error("the key \(JSONValue.string(key).text) stands twice") }
            scanner.skipSpace()
            guard scanner.take(UInt8(ascii: ":")) else { throw scanner.error("expected :") }
            members.append(JSONObject.Member(key: key, value: try readValue(depth: depth + 1)))
            scanner.skipSpace()
        } while scanner.take(UInt8(ascii: ","))
        guard scanner.take(UInt8(ascii: "}")) else { throw scanner.error("expected , or }") }
        return JSONObject(uniqueMembers: members)
    }
}

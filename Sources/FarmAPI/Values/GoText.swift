public import FarmModel

/// How Go's standard library writes what it answers: clients of services written in Go see these bytes.
public enum GoText {
    /// A value as `encoding/json` writes it: members in their own order, `<`, `>` and `&` escaped, a line feed at the end
    /// (https://pkg.go.dev/encoding/json#Marshal).
    public static func json(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(writer.bytes.count + 1)
        for byte in writer.bytes {
            switch byte {
            // Outside of strings none of these three is ever written.
            case UInt8(ascii: "<"): bytes += "\\u003c".utf8
            case UInt8(ascii: ">"): bytes += "\\u003e".utf8
            case UInt8(ascii: "&"): bytes += "\\u0026".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// A time in UTC as `time.RFC3339Nano` writes it: without zeros at the end of the fraction.
    /// - Parameter milliseconds: Since 1970.
    public static func time(_ milliseconds: Int64) -> String {
        var text = Timestamp.format(milliseconds: milliseconds).dropLast()
        while text.last == "0", text.contains(".") { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text + "Z"
    }

    /// The time that is none.
    public static let zeroTime = "0001-01-01T00:00:00Z"

    /// A map: members sorted by key.
    public static func map(_ values: [String: String]) -> JSONValue {
        let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .object(JSONObject(uniqueMembers: sorted.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }))
    }

    /// A list of strings as `%v` writes it: `[a b]`.
    public static func list(_ words: [String]) -> String { "[" + words.joined(separator: " ") + "]" }
}

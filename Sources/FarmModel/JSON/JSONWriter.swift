/// Appends JSON text (RFC 8259) to a byte buffer, compactly.
public struct JSONWriter {
    /// The text written so far, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    private let sortsKeys: Bool

    /// Starts with an empty buffer. With `sortsKeys` members are written in the bytewise order of their keys.
    public init(sortsKeys: Bool = false) { self.sortsKeys = sortsKeys }

    /// The text written so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends one value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): append(String(value))
        case .double(let value): append(value.isFinite ? String(value) : "null")
        case .string(let value): write(string: value)
        case .array(let values): write(array: values)
        case .object(let object): write(object)
        }
    }

    /// Appends one object.
    public mutating func write(_ object: JSONObject) {
        let members = sortsKeys ? object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } : object.members
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(string: member.key)
            bytes.append(UInt8(ascii: ":"))
            write(member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Appends a line feed: ends a record of NDJSON.
    public mutating func endRecord() { bytes.append(UInt8(ascii: "\n")) }

    /// Forgets what was written but keeps the memory.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    private mutating func write(array values: [JSONValue]) {
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func write(string: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            // DEL and C1 are legal JSON; controls below space must be escaped, and DEL is too, so that a record never carries a raw control.
            case 0..<32, 127: append("\\u00" + Hexadecimal.text(of: [byte]))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

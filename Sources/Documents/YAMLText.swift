public import FarmModel

/// Writes values as YAML in block style, each key on a line of its own, so that people can read and change it. What ``YAMLDocuments`` reads of
/// it, and any reader of YAML 1.1 or 1.2, is the same value again.
public struct YAMLText: Sendable {
    private var lines: [String] = []

    /// The text of one document, which ends with a line feed; several are kept apart by lines of `---`.
    public static func of(_ object: JSONObject) -> String {
        var writer = YAMLText()
        writer.write(object, indent: 0, first: "")
        return writer.lines.map { $0 + "\n" }.joined()
    }

    /// - Parameter first: what stands before the first key: the dash of a list, or nothing.
    private mutating func write(_ object: JSONObject, indent: Int, first: String) {
        for (index, member) in object.members.enumerated() {
            let lead = index == 0 && !first.isEmpty ? first : Self.spaces(indent)
            write(member.value, after: lead + Self.scalar(member.key) + ":", indent: indent)
        }
    }

    /// - Parameters:
    ///   - head: the key or dash that the value stands after.
    ///   - indent: how far that is indented.
    private mutating func write(_ value: JSONValue, after head: String, indent: Int) {
        switch value {
        case .object(let object) where !object.members.isEmpty:
            lines.append(head)
            write(object, indent: indent + 2, first: "")
        case .array(let elements) where !elements.isEmpty:
            lines.append(head)
            for element in elements { write(element: element, indent: indent + 2) }
        case .string(let text) where Self.isBlock(text):
            lines.append(head + (text.hasSuffix("\n") ? " |" : " |-"))
            let body = text.hasSuffix("\n") ? text.dropLast() : Substring(text)
            lines += body.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : Self.spaces(indent + 2) + $0 }
        default: lines.append(head + " " + Self.flow(value))
        }
    }

    private mutating func write(element: JSONValue, indent: Int) {
        let dash = Self.spaces(indent) + "-"
        if let object = element.object, !object.members.isEmpty {
            write(object, indent: indent + 2, first: dash + " ")
        } else {
            write(element, after: dash, indent: indent)
        }
    }

    /// A value on one line.
    private static func flow(_ value: JSONValue) -> String { value.string.map(scalar) ?? value.text }

    /// A string as it is where nothing can take it for something else, else in quotation marks as in JSON.
    private static func scalar(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, isLetter(first) || first == slash, bytes.allSatisfy(isPlain), bytes.last != colon,
            !words.contains(text.lowercased())
        else { return quoted(text) }
        return text
    }

    /// As JSON has it, but that everything beyond ASCII is escaped: some of it ends lines or cannot stand in YAML.
    private static func quoted(_ text: String) -> String {
        var result = ""
        for scalar in JSONValue.string(text).text.unicodeScalars {
            if scalar.value < 0x7F {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                let isLong = scalar.value > 0xFFFF
                result += (isLong ? "\\U" : "\\u") + String(repeating: "0", count: (isLong ? 8 : 4) - digits.count) + digits
            }
        }
        return result
    }

    /// What readers of YAML 1.1 or 1.2 take for truth values or nothing.
    private static let words: Set = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
    private static let slash = UInt8(ascii: "/")
    private static let colon = UInt8(ascii: ":")
    private static let marks = Set("/._-:@+%=".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || marks.contains(byte)
    }

    /// Whether a text of several lines can stand as it is: no line that begins with white space first, and nothing that cannot be printed.
    private static func isBlock(_ text: String) -> Bool {
        guard text.contains("\n"), let first = text.utf8.first, first != UInt8(ascii: " "), first != newline, !text.hasSuffix("\n\n") else {
            return false
        }
        return text.utf8.allSatisfy { (32...126).contains($0) || $0 == newline }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

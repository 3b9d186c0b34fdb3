import Documents

/// The conditions of `if`: comparisons of texts by `==` and `!=`, joined by `&&` and `||`, which bind alike and from left to right, as in
/// melange; parentheses and `!` are understood too.
///
/// A text stands in quotes or is a bare word; variables may stand in both. A text that is not compared must be `true` or `false`.
struct Condition {
    private let bytes: [UInt8]
    private let value: (String) throws(SubstitutionFault) -> String
    private var index = 0
    private var level = 0

    private init(_ text: String, value: @escaping (String) throws(SubstitutionFault) -> String) {
        bytes = Array(text.utf8)
        self.value = value
    }

    /// Whether a condition holds.
    /// - Parameter value: The value of a variable.
    static func holds(_ text: String, value: @escaping (String) throws(SubstitutionFault) -> String) throws(SubstitutionFault) -> Bool {
        guard text.utf8.count <= MelangeLimits.conditionBytes else {
            throw SubstitutionFault(message: "longer than \(MelangeLimits.conditionBytes) bytes")
        }
        var condition = Condition(text, value: value)
        let holds = try condition.expression()
        condition.skipBlanks()
        guard condition.index == condition.bytes.count else { throw condition.fault("unexpected \(condition.rest)") }
        return holds
    }

    private func fault(_ message: String) -> SubstitutionFault {
        SubstitutionFault(message: "\(message) at character \(index + 1) of the condition")
    }

    private var rest: String {
        index < bytes.count ? String(decoding: bytes[index...].prefix(20), as: UTF8.self).quoted : "end"
    }

    private mutating func skipBlanks() {
        while index < bytes.count, bytes[index].isBlank { index += 1 }
    }

    private mutating func take(_ token: StaticString) -> Bool {
        skipBlanks()
        let wanted = UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    private mutating func expression() throws(SubstitutionFault) -> Bool {
        var result = try term()
        while true {
            if take("&&") {
                let other = try term()
                result = result && other
            } else if take("||") {
                let other = try term()
                result = result || other
            } else {
                return result
            }
        }
    }

    private mutating func term() throws(SubstitutionFault) -> Bool {
        level += 1
        defer { level -= 1 }
        guard level <= MelangeLimits.conditionDepth else {
            throw fault("parentheses or negations within each other deeper than \(MelangeLimits.conditionDepth)")
        }
        if take("(") {
            let result = try expression()
            guard take(")") else { throw fault("expected \")\", found \(rest)") }
            return result
        }
        skipBlanks()
        if !bytes[index...].starts(with: "!=".utf8), take("!") { return try !term() }
        return try comparison()
    }

    private mutating func comparison() throws(SubstitutionFault) -> Bool {
        let left = try text()
        if take("==") { return try text() == left }
        if take("!=") { return try text() != left }
        switch left {
        case "true": return true
        case "false": return false
        default: throw fault("expected == or != after \(left.quoted), found \(rest)")
        }
    }

    private mutating func text() throws(SubstitutionFault) -> String {
        skipBlanks()
        if index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") { return try quotedText() }
        let start = index
        var text = ""
        while index < bytes.count {
            if isVariable {
                text += try variable()
            } else if bytes[index].isVariableByte || bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: ":") {
                text.unicodeScalars.append(Unicode.Scalar(bytes[index]))
                index += 1
            } else {
                break
            }
        }
        guard index > start else { throw fault("expected a text, found \(rest)") }
        return text
    }

    /// A text in quotes: a backslash takes the special meaning from quotes and backslashes; `\n` and `\t` are what they are elsewhere.
    private mutating func quotedText() throws(SubstitutionFault) -> String {
        let quote = bytes[index]
        index += 1
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != quote {
            if isVariable {
                text += try variable().utf8
                continue
            }
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                index += 1
                text += Self.escaped(bytes[index])
            } else {
                text.append(bytes[index])
            }
            index += 1
        }
        guard index < bytes.count else { throw fault("a quote that does not end") }
        index += 1
        return String(decoding: text, as: UTF8.self)
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): [byte]
        case UInt8(ascii: "n"): [10]
        case UInt8(ascii: "t"): [9]
        default: [UInt8(ascii: "\\"), byte]
        }
    }

    private var isVariable: Bool { bytes[index...].starts(with: "${{".utf8) }

    private mutating func variable() throws(SubstitutionFault) -> String {
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")), end + 1 < bytes.count else {
            throw fault("\(rest) does not end; write ${{name}}")
        }
        let reference = String(decoding: bytes[index...(end + 1)], as: UTF8.self)
        index = end + 2
        return try Substitution.replacing(in: reference, limit: MelangeLimits.conditionBytes, value: value)
    }
}

/// The scalars of YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema).
enum YAMLScalar {
    private static let tagPrefix = "tag:yaml.org,2002:"

    /// Whether a list or mapping may carry a tag.
    static func accepts(tag: String?, for name: String) -> Bool {
        guard let tag, tag != "!" else { return true }
        return tag == tagPrefix + name
    }

    /// A tag as people write it: `!!int`.
    static func shortTag(_ tag: String) -> String { tag.hasPrefix(tagPrefix) ? "!!" + tag.dropFirst(tagPrefix.count) : tag }

    /// What a scalar means; nil if its tag is unknown or does not fit.
    static func value(of text: String, isPlain: Bool, tag: String?) -> DocumentNode.Value? {
        guard let tag else { return isPlain ? plain(text) : .string }
        guard tag != "!" else { return .string }
        guard tag.hasPrefix(tagPrefix) else { return nil }
        let value = plain(text)
        switch (tag.dropFirst(tagPrefix.count), value) {
        case ("str", _): return .string
        case ("null", .null), ("bool", .bool), ("int", .integer), ("float", .number): return value
        case ("int", .number): return integerDigits(text) == nil ? nil : value
        case ("float", .integer(let integer)): return .number(Double(integer))
        default: return nil
        }
    }

    private static func plain(_ text: String) -> DocumentNode.Value {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(text) ?? .string
        default: return word(text)
        }
    }

    private static func word(_ text: String) -> DocumentNode.Value {
        switch text {
        case "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: .string
        }
    }

    private static func number(_ text: String) -> DocumentNode.Value? {
        if let (digits, radix) = integerDigits(text) {
            if let value = Int64(digits, radix: radix) { return .integer(value) }
            return .number(radix == 10 ? Double(digits) ?? .infinity : .infinity)
        }
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
        case ".nan", ".NaN", ".NAN": return .number(.nan)
        default: return isFloat(text) ? Double(text).map { .number($0) } : nil
        }
    }

    /// The digits and their radix if the text has the form of an integer.
    private static func integerDigits(_ text: String) -> (digits: Substring, radix: Int)? {
        if text.hasPrefix("0x") { return digits(text.dropFirst(2), radix: 16).map { ($0, 16) } }
        if text.hasPrefix("0o") { return digits(text.dropFirst(2), radix: 8).map { ($0, 8) } }
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        return digits(unsigned, radix: 10).map { _ in (text[...], 10) }
    }

    private static func digits(_ text: Substring, radix: Int) -> Substring? {
        let fits =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte < 128 && Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < radix } == true
            }
        return fits ? text : nil
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isFloat(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        takeSign(&rest)
        let whole = takeDigits(&rest)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = takeDigits(&rest)
        }
        guard whole + fraction > 0 else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            takeSign(&rest)
            guard takeDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func takeSign(_ text: inout Substring.UTF8View) {
        if text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") { text.removeFirst() }
    }

    private static func takeDigits(_ text: inout Substring.UTF8View) -> Int {
        let rest = text.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        defer { text = rest }
        return text.count - rest.count
    }
}

/// The forms in which a secret may show up in a log: as it is, and as common tools encode it.
enum SecretForms {
    /// Shorter forms are left alone: they would hide ordinary text.
    static let shortestForm = 4

    /// All byte strings to be masked for one secret. A line end that closes the value does not count, as shells drop it.
    static func of(_ secret: [UInt8]) -> [[UInt8]] {
        var value = secret[...]
        while let last = value.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { value.removeLast() }
        let bytes = Array(value)
        var forms = [bytes]
        for style in JSONStyle.allCases {
            forms += [jsonEscaped(bytes, slash: false, style), jsonEscaped(bytes, slash: true, style)]
        }
        forms += [percentEncoded(bytes, digits: "0123456789ABCDEF"), percentEncoded(bytes, digits: "0123456789abcdef")]
        for shift in 0...2 {
            forms.append(base64(bytes, shift: shift, last: "+/"))
            forms.append(base64(bytes, shift: shift, last: "-_"))
        }
        return Array(Set(forms.filter { $0.count >= shortestForm }))
    }

    /// RFC 3986: all but the unreserved characters as `%XX`.
    private static func percentEncoded(_ bytes: [UInt8], digits: String) -> [UInt8] {
        let digits = Array(digits.utf8)
        return bytes.flatMap { byte -> [UInt8] in
            isUnreserved(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: Array("-._~".utf8).contains(byte)
        }
    }

    /// The tools by what they write as `\u00XX` in a JSON string: what all must, and what each does besides.
    private enum JSONStyle: CaseIterable {
        case plain, jq, python, php, go, bf

        func escapes(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .plain: false
            case .jq: scalar.value == 0x7F
            case .python: scalar.value >= 0x7F
            case .php: scalar.value >= 0x80
            case .go: ["\u{8}", "\u{C}", "<", ">", "&", "\u{2028}", "\u{2029}"].contains(scalar)
            case .bf: ["\u{8}", "\u{C}", "\u{7F}"].contains(scalar)
            }
        }
    }

    /// RFC 8259: the inside of a JSON string.
    private static func jsonEscaped(_ bytes: [UInt8], slash: Bool, _ style: JSONStyle) -> [UInt8] {
        // What is not UTF-8 is taken byte by byte: nothing in it is a character beyond ASCII.
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return bytes.flatMap { $0 < 0x80 ? jsonEscaped(Unicode.Scalar($0), slash: slash, style) : [$0] }
        }
        return text.unicodeScalars.flatMap { jsonEscaped($0, slash: slash, style) }
    }

    private static func jsonEscaped(_ scalar: Unicode.Scalar, slash: Bool, _ style: JSONStyle) -> [UInt8] {
        let short: [Unicode.Scalar: String] = [
            "\u{8}": "\\b", "\t": "\\t", "\n": "\\n", "\u{C}": "\\f", "\r": "\\r", "\"": "\\\"", "\\": "\\\\",
        ]
        if style.escapes(scalar) { return String(scalar).utf16.flatMap(unicodeEscape) }
        if let escape = short[scalar] { return Array(escape.utf8) }
        if slash && scalar == "/" { return Array("\\/".utf8) }
        return scalar.value < 0x20 ? unicodeEscape(UInt16(scalar.value)) : Array(String(scalar).utf8)
    }

    private static func unicodeEscape(_ unit: UInt16) -> [UInt8] {
        let digits = String(unit, radix: 16)
        return Array(("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }

    /// RFC 4648: the characters that the secret alone decides when it follows `shift` bytes (modulo 3) of something else.
    private static func base64(_ bytes: [UInt8], shift: Int, last: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(last)".utf8)
        let padded = [UInt8](repeating: 0, count: shift) + bytes
        let first = (shift * 8 + 5) / 6
        let end = padded.count * 8 / 6
        guard first < end else { return [] }
        return (first..<end).map { alphabet[sextet($0, of: padded)] }
    }

    private static func sextet(_ index: Int, of bytes: [UInt8]) -> Int {
        let byte = index * 6 / 8
        let pair = Int(bytes[byte]) << 8 | (byte + 1 < bytes.count ? Int(bytes[byte + 1]) : 0)
        return pair >> (10 - index * 6 % 8) & 63
    }
}

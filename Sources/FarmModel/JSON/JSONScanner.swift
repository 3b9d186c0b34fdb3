/// A place and a reason why a text is not JSON.
public struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1.
    public var line: Int
    /// Counted from 1, in bytes.
    public var column: Int
    /// What is wrong there.
    public var reason: String

    /// Creates an error.
    public init(line: Int, column: Int, reason: String) {
        self.line = line
        self.column = column
        self.reason = reason
    }

    /// `line 3, column 7: reason`
    public var description: String { "line \(line), column \(column): \(reason)" }
}

/// Reads the tokens of JSON text (RFC 8259) from memory: strict, without recursion of its own, with positions.
public struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var lineStart = 0
    /// The offset of the next unread byte.
    public private(set) var offset = 0
    /// The line of the next unread byte, counted from 1.
    public private(set) var line = 1

    /// Starts at the beginning of `bytes`, which must outlive the scanner.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The column of the next unread byte, counted from 1.
    public var column: Int { offset - lineStart + 1 }

    /// True when every byte is read.
    public var isAtEnd: Bool { offset >= bytes.count }

    /// The next byte, unread.
    public var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// Skips spaces, tabs and line ends.
    public mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\n"):
                line += 1
                lineStart = offset + 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            default: return
            }
            offset += 1
        }
    }

    /// An error at the next unread byte.
    public func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(line: line, column: column, reason: reason) }

    /// Reads `byte` if it is next; false leaves the scanner where it is.
    public mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    /// Reads a word such as `true`.
    public mutating func readWord(_ word: StaticString) throws(JSONSyntaxError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[index]) else { throw error("expected \(word)") }
        }
    }

    /// Reads a number: an integer that fits 64 bits, else a double.
    public mutating func readNumber() throws(JSONSyntaxError) -> JSONValue {
        let start = offset
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        let firstDigit = peek
        let digits = skipDigits()
        guard digits > 0, !(firstDigit == UInt8(ascii: "0") && digits > 1) else { throw error("malformed number") }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            guard skipDigits() > 0 else { throw error("malformed number") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw error("malformed number") }
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else { throw error("number out of range") }
        return .double(value)
    }

    private mutating func skipDigits() -> Int {
        let start = offset
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        return offset - start
    }

    /// Reads a string, the opening quote included.
    public mutating func readString() throws(JSONSyntaxError) -> String {
        guard take(UInt8(ascii: "\"")) else { throw error("expected a string") }
        let start = offset
        while let byte = peek {
            if byte == UInt8(ascii: "\"") {
                let text = try validated(bytes[start..<offset])
                offset += 1
                return text
            }
            if byte == UInt8(ascii: "\\") || byte < 32 { break }
            offset += 1
        }
        return try readEscapedString(after: start)
    }

    private func validated(_ slice: some Sequence<UInt8>) throws(JSONSyntaxError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw error("string is not valid UTF-8") }
        return text
    }

    private mutating func readEscapedString(after start: Int) throws(JSONSyntaxError) -> String {
        var result = Array(bytes[start..<offset])
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return try validated(result)
            case UInt8(ascii: "\\"):
                offset += 1
                try readEscape(into: &result)
            case 0..<32: throw error("control character in a string")
            default:
                result.append(byte)
                offset += 1
            }
        }
        throw error("string without an end")
    }

    private mutating func readEscape(into result: inout [UInt8]) throws(JSONSyntaxError) {
        guard let byte = peek else { throw error("string without an end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "b"): result.append(8)
        case UInt8(ascii: "f"): result.append(12)
        case UInt8(ascii: "n"): result.append(10)
        case UInt8(ascii: "r"): result.append(13)
        case UInt8(ascii: "t"): result.append(9)
        case UInt8(ascii: "u"): result.append(contentsOf: String(try readUnicodeEscape()).utf8)
        default: throw error("unknown escape in a string")
        }
    }

    private mutating func readUnicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try readFourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw error("lone surrogate in a string") }
        let second = try readFourDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error("lone surrogate in a string") }
        return scalar
    }

    private mutating func readFourDigits() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let nibble = Hexadecimal.value(of: byte) else { throw error("malformed \\u escape") }
            value = value << 4 | UInt32(nibble)
            offset += 1
        }
        return value
    }
}

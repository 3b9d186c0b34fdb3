/// The bytes of a log as text in JSON.
enum LogText {
    private static let digits = Array("0123456789abcdef".utf8)
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Appends a number that is not negative.
    static func append(_ number: Int64, to buffer: inout [UInt8]) {
        var divisor: Int64 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer.append(UInt8(48 + number / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends a JSON string: controls are escaped, and U+FFFD stands for each byte that is not UTF-8.
    /// - Returns: Whether all bytes were text.
    static func append(_ bytes: ArraySlice<UInt8>, to buffer: inout [UInt8]) -> Bool {
        buffer.append(UInt8(ascii: "\""))
        defer { buffer.append(UInt8(ascii: "\"")) }
        if bytes.withUnsafeBufferPointer({ $0.allSatisfy(isPlain) }) {
            buffer += bytes
            return true
        }
        return appendEscaped(bytes, to: &buffer)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func appendEscaped(_ bytes: ArraySlice<UInt8>, to buffer: inout [UInt8]) -> Bool {
        var isText = true
        var rest = bytes
        while let byte = rest.first {
            let length = byte < 0x80 ? 1 : UTF8Sequence.length(rest)
            if byte < 0x80 {
                appendASCII(byte, to: &buffer)
            } else if let length {
                buffer += rest.prefix(length)
            } else {
                buffer += replacement
                isText = false
            }
            rest = rest.dropFirst(length ?? 1)
        }
        return isText
    }

    private static func appendASCII(_ byte: UInt8, to buffer: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): buffer += [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "\t"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
        case UInt8(ascii: "\r"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
        case 0x20..<0x7F: buffer.append(byte)
        default: buffer += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}

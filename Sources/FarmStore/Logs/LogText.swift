/// The bytes of a log as text in JSON.
public enum LogText {
    private static let digits = Array("0123456789abcdef".utf8)
    private static let unicodeEscape = Array("u00".utf8)
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Appends a number that is not negative.
    public static func append(_ number: Int64, to buffer: inout [UInt8]) {
        var divisor: Int64 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer.append(UInt8(48 + number / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends a JSON string: controls are escaped, and U+FFFD stands for each byte that is not UTF-8.
    /// - Returns: Whether all bytes were text.
    public static func append(_ bytes: ArraySlice<UInt8>, to buffer: inout [UInt8]) -> Bool {
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
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte < 0x80 {
                appendASCII(byte, to: &buffer)
                index += 1
            } else if let length = UTF8Sequence.length(bytes[index...]) {
                buffer += bytes[index..<index + length]
                index += length
            } else {
                buffer += replacement
                isText = false
                index += 1
            }
        }
        return isText
    }

    private static func appendASCII(_ byte: UInt8, to buffer: inout [UInt8]) {
        if isPlain(byte) { return buffer.append(byte) }
        buffer.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): buffer.append(byte)
        case UInt8(ascii: "\t"): buffer.append(UInt8(ascii: "t"))
        case UInt8(ascii: "\r"): buffer.append(UInt8(ascii: "r"))
        default:
            buffer += unicodeEscape
            buffer.append(digits[Int(byte >> 4)])
            buffer.append(digits[Int(byte & 15)])
        }
    }
}

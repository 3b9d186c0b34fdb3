/// Finds what no document may hold before a parser sees it, so that the message names the place.
enum TextCheck {
    /// The first byte that is not UTF-8, a control character other than tab and line ends, or too many directives; nil if the text is sound.
    static func fault(in bytes: UnsafeBufferPointer<UInt8>) -> DocumentFault? {
        if let index = bytes.firstIndex(where: { $0 < 32 && !(9...10).contains($0) && $0 != 13 || $0 == 127 }) {
            let name = String(bytes[index], radix: 16, uppercase: true)
            return fault("control character U+00\(name.count < 2 ? "0" : "")\(name)", at: index, in: bytes)
        }
        if String(validating: bytes, as: UTF8.self) == nil { return fault("not UTF-8", at: firstInvalid(in: bytes), in: bytes) }
        return directiveFault(in: bytes)
    }

    /// The last bytes of what YAML 1.1 takes for a line end: LF, CR, U+0085, U+2028, U+2029.
    private static let lineEnds: [UInt8] = [10, 13, 0x85, 0xA8, 0xA9]

    /// The first directive too many: libyaml compares each with all before it.
    private static func directiveFault(in bytes: UnsafeBufferPointer<UInt8>) -> DocumentFault? {
        var line: Int32 = 1
        var count = 0
        var previous = UInt8(ascii: "\n")
        for byte in bytes {
            if byte == UInt8(ascii: "%"), lineEnds.contains(previous) { count += 1 }
            guard count <= DocumentLimits.directives else {
                let message = "more than \(DocumentLimits.directives) lines that begin with %"
                return DocumentFault(position: DocumentPosition(line: line, column: 1), message: message)
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            previous = byte
        }
        return nil
    }

    /// The offset up to which the bytes decode.
    private static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return offset
    }

    private static func fault(_ message: String, at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> DocumentFault {
        let before = bytes[..<index]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let position = DocumentPosition(line: Int32(truncatingIfNeeded: line), column: Int32(truncatingIfNeeded: index - lineStart + 1))
        return DocumentFault(position: position, message: "\(message) at byte \(index); documents are text in UTF-8")
    }
}

extension UTF8 {
    fileprivate static func width(_ scalar: Unicode.Scalar) -> Int { UTF8.encode(scalar)?.count ?? 1 }
}

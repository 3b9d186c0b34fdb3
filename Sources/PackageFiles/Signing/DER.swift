/// Writes values as ASN.1's distinguished encoding (X.690) has them.
enum DER {
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30

    /// `rsaEncryption` of PKCS #1, 1.2.840.113549.1.1.1, with its empty parameters (RFC 8017 appendix A.1).
    static let rsaAlgorithm = element(
        sequence, element(objectIdentifier, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]) + element(null, []))

    /// A value: tag, length, content.
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

    /// A number that is not negative, from its bytes with the highest first.
    static func number(_ magnitude: [UInt8]) -> [UInt8] {
        let digits = Array(magnitude.drop { $0 == 0 })
        let needsZero = digits.first.map { $0 & 0x80 != 0 } ?? true
        return element(integer, needsZero ? [0] + digits : digits)
    }

    private static func length(_ count: Int) -> [UInt8] {
        if count < 0x80 { return [UInt8(count)] }
        let digits = withUnsafeBytes(of: UInt64(count).bigEndian) { Array($0.drop { $0 == 0 }) }
        return [0x80 | UInt8(digits.count)] + digits
    }
}

/// Reads such values one after another.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    /// Starts before the first value.
    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// True once all is read.
    var isAtEnd: Bool { rest.isEmpty }

    /// The content of the next value; nil if it is another one or ends too early.
    mutating func read(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard rest.first == tag else { return nil }
        var content = rest.dropFirst()
        guard let count = Self.length(&content), count <= content.count else { return nil }
        rest = content.dropFirst(count)
        return content.prefix(count)
    }

    private static func length(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.popFirst() else { return nil }
        if first < 0x80 { return Int(first) }
        let digits = Int(first & 0x7F)
        guard (1...3).contains(digits), bytes.count >= digits else { return nil }
        let count = bytes.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
        bytes.removeFirst(digits)
        return count
    }
}

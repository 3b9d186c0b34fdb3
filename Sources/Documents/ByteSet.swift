/// A set of ASCII characters.
package struct ByteSet: ExpressibleByStringLiteral, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// The characters of a text; others than ASCII do not count.
    package init(stringLiteral characters: StaticString) {
        for byte in UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount) { insert(byte) }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << byte } else if byte < 128 { high |= 1 << (byte - 64) }
    }

    package func contains(_ byte: UInt8) -> Bool {
        (byte < 64 ? low >> byte : byte < 128 ? high >> (byte - 64) : 0) & 1 == 1
    }

    package static func + (left: ByteSet, right: ByteSet) -> ByteSet {
        var union = left
        union.low |= right.low
        union.high |= right.high
        return union
    }

    package static let digits: ByteSet = "0123456789"
    package static let lowercase: ByteSet = "abcdefghijklmnopqrstuvwxyz"
    package static let letters = lowercase + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    package static let alphanumeric = letters + digits
}

extension StringProtocol {
    /// Whether all bytes are in a set.
    package func consists(of bytes: ByteSet) -> Bool { utf8.allSatisfy(bytes.contains) }

    /// Whether the first byte is in a set.
    package func starts(in bytes: ByteSet) -> Bool { utf8.first.map(bytes.contains) ?? false }

    /// Whether any byte is a control character.
    package var holdsControls: Bool { utf8.contains { $0 < 32 || $0 == 127 } }
}

extension String {
    /// Whether any byte is 0.
    package var holdsNUL: Bool { utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0) }
}

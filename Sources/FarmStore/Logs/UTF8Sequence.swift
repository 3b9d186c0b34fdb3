/// Characters beyond ASCII in UTF-8 (RFC 3629, section 4).
public enum UTF8Sequence {
    /// The bytes of the character that a text beyond ASCII begins with; nil if it begins with none, or with a part of one.
    public static func length(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let lead = bytes.first, let length = length(lead: lead), bytes.count >= length else { return nil }
        let second = bytes[bytes.startIndex + 1]
        guard seconds(after: lead).contains(second), bytes.prefix(length).dropFirst(2).allSatisfy({ (0x80...0xBF).contains($0) }) else {
            return nil
        }
        return length
    }

    /// The length of a character by its first byte; nil if none begins so.
    public static func length(lead: UInt8) -> Int? {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// What may follow a first byte: no overlong forms, no surrogates, nothing beyond U+10FFFF.
    private static func seconds(after lead: UInt8) -> ClosedRange<UInt8> {
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }
}

/// Bytes as text of 64 letters (RFC 4648 section 4).
public enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The text, padded.
    public static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for place in 0..<4 {
                text.append(place <= part.count ? letters[Int(bits >> UInt32(18 - 6 * place) & 63)] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text in the letters for URLs, without padding (RFC 4648 section 5).
    public static func urlText(of bytes: [UInt8]) -> String {
        let usual = text(of: bytes).utf8.prefix { $0 != padding }
        return String(
            decoding: usual.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 },
            as: UTF8.self)
    }

    /// The bytes of a padded text; nil for anything else.
    public static func bytes(of text: String) -> [UInt8]? {
        let text = Array(text.utf8)
        guard text.count % 4 == 0 else { return nil }
        let digits = text.prefix { $0 != padding }
        guard text.count - digits.count <= 2, text.dropFirst(digits.count).allSatisfy({ $0 == padding }) else { return nil }
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for letter in digits {
            guard let value = letters.firstIndex(of: letter) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(bits >> count & 255))
        }
        return bits & (1 << count - 1) == 0 ? bytes : nil
    }

    /// The bytes of a text in the letters for URLs, without padding (RFC 4648 section 5); nil for anything else.
    public static func bytes(ofURLText text: some StringProtocol) -> [UInt8]? {
        guard !text.utf8.contains(where: { $0 == padding || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }) else { return nil }
        let usual = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return bytes(of: String(usual) + String(repeating: "=", count: (4 - usual.count % 4) % 4))
    }
}

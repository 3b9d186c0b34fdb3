/// The field `Content-Disposition` of a download (RFC 6266, RFC 8187).
enum Disposition {
    /// Names the file to be saved: as ASCII for old clients, and exactly.
    static func attachment(_ name: String) -> String {
        let plain = String(decoding: name.utf8.map { isQuotable($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
        let exact = plain == name ? "" : "; filename*=UTF-8''\(encoded(name))"
        return "attachment; filename=\"\(plain)\"\(exact)"
    }

    /// Needs no escape between quotes, and no client takes it for an escape of another kind.
    private static func isQuotable(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "%")
    }

    private static func encoded(_ name: String) -> String {
        var text: [UInt8] = []
        for byte in name.utf8 {
            if plainBytes.contains(byte) {
                text.append(byte)
            } else {
                text.append(UInt8(ascii: "%"))
                for digit in [byte >> 4, byte & 15] { text.append(digit < 10 ? 48 + digit : 55 + digit) }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `attr-char` of RFC 8187.
    private static let plainBytes = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~".utf8)
}

/// Texts for the shell (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html).
enum ShellText {
    /// A text as one word that means exactly itself.
    static func quoted(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "'")) else { return "'\(text)'" }
        var bytes: [UInt8] = [UInt8(ascii: "'")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "'") { bytes += #"'\'"#.utf8 }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "'"))
        return String(decoding: bytes, as: UTF8.self)
    }
}

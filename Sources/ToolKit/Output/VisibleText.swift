/// Text that cannot steer a terminal.
public enum VisibleText {
    /// The text with `\u{1b}` for what steers a terminal, breaks a line or cannot be seen: controls, line and paragraph separators, and
    /// format characters, among them those that change the direction of writing.
    ///
    /// - Parameter asciiOnly: Whether to write what is not ASCII that way too.
    public static func of(_ text: some StringProtocol, asciiOnly: Bool = false) -> String {
        guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return String(text) }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) || (asciiOnly && !scalar.isASCII) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

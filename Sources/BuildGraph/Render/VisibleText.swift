/// `text` on one line and without a hidden part: what steers a terminal or cannot be seen becomes `\u{1b}`, and a backslash is doubled,
/// so that different texts stay different.
///
/// - Parameter asciiOnly: Whether to write what is not ASCII that way too.
func visibleText(_ text: String, asciiOnly: Bool = false) -> String {
    guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }) else { return text }
    return replacing(text) { scalar in
        if scalar == "\\" { return "\\\\" }
        guard isHidden(scalar) || (asciiOnly && !scalar.isASCII) else { return nil }
        return "\\u{\(String(scalar.value, radix: 16))}"
    }
}

/// Control characters, line breaks, and format characters, among them those that change the direction of writing.
private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}

/// `text` with every scalar for which `replacement` has one replaced.
func replacing(_ text: String, with replacement: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        if let replaced = replacement(scalar) {
            result += replaced
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

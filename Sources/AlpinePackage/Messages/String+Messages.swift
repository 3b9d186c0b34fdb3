import FarmModel

extension String {
    /// At most 60 characters in double quotes, controls escaped, so that a message stays one line and harmless on a terminal.
    var quoted: String { JSONValue.string(excerpt).text }

    /// At most 60 characters, for messages.
    private var excerpt: String { utf8.count > 60 && count > 60 ? prefix(60) + "…" : self }

    /// The text with a space for each control character, so that it cannot begin a line of its own, and none at its ends, where readers would
    /// leave them out.
    var singleLine: String {
        let space = UInt8(ascii: " ")
        guard utf8.first == space || utf8.last == space || utf8.contains(where: \.isControl) else { return self }
        let line = utf8.map { $0.isControl ? space : $0 }
        guard let first = line.firstIndex(where: { $0 != space }), let last = line.lastIndex(where: { $0 != space }) else { return "" }
        return String(decoding: line[first...last], as: UTF8.self)
    }

    /// The text without spaces and control characters, so that it cannot become two words of a list.
    var singleWord: String {
        guard utf8.contains(where: { $0.isControl || $0 == UInt8(ascii: " ") }) else { return self }
        return String(decoding: utf8.filter { !$0.isControl && $0 != UInt8(ascii: " ") }, as: UTF8.self)
    }
}

extension UInt8 {
    /// True for ASCII's control characters.
    var isControl: Bool { self < 32 || self == 127 }

    /// True for `0` to `9`.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// True for `a` to `z`.
    var isLowerCaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    /// True for ASCII's letters and digits.
    var isAlphanumeric: Bool { isDigit || isLowerCaseLetter || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
}

/// One element of a pattern.
enum GlobToken: Sendable, Equatable {
    /// This character.
    case literal(Unicode.Scalar)
    /// `?`: any character.
    case anyCharacter
    /// `*`: any number of characters.
    case anyCharacters
    /// `[…]`: a character of a set.
    case set(CharacterSetPattern)
    /// The border between two names.
    case slash
}

/// Reads the text of a pattern in the syntax of git's wildmatch, which is that of fnmatch with classes and escapes.
struct GlobParser {
    private let text: [Unicode.Scalar]
    private var position = 0

    private init(_ text: some StringProtocol) { self.text = Array(text.unicodeScalars) }

    /// The tokens of a pattern; nil for one that is not complete: an open bracket, an escape of nothing, an unknown class.
    static func tokens(of text: some StringProtocol) -> [GlobToken]? {
        var parser = GlobParser(text)
        var tokens: [GlobToken] = []
        while let character = parser.next() {
            guard let token = parser.token(character) else { return nil }
            tokens.append(token)
        }
        return tokens
    }

    private var upcoming: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private mutating func next() -> Unicode.Scalar? {
        guard let character = upcoming else { return nil }
        position += 1
        return character
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard upcoming == character else { return false }
        position += 1
        return true
    }

    private mutating func token(_ character: Unicode.Scalar) -> GlobToken? {
        switch character {
        case "/": .slash
        case "?": .anyCharacter
        case "*": .anyCharacters
        case "[": set().map { .set($0) }
        case "\\": next().map { $0 == "/" ? .slash : .literal($0) }
        default: .literal(character)
        }
    }

    /// What stands after an opening bracket; a closing bracket in the first place means itself.
    private mutating func set() -> CharacterSetPattern? {
        var set = CharacterSetPattern()
        set.isNegated = skip("!") || skip("^")
        var start: Unicode.Scalar?
        var isFirst = true
        while let character = next() {
            if character == "]" && !isFirst { return set }
            isFirst = false
            if character == "-", let first = start, let end = upcoming, end != "]" {
                guard let last = literal() else { return nil }
                if first <= last { set.ranges.append(first...last) }
                start = nil
            } else if character == "[", skip(":") {
                switch characterClass() {
                case .found(let found):
                    set.classes.append(found)
                    start = nil
                case .plainBracket:
                    set.ranges.append("["..."[")
                    start = "["
                case .malformed: return nil
                }
            } else {
                position -= 1
                guard let single = literal() else { return nil }
                set.ranges.append(single...single)
                start = single
            }
        }
        return nil
    }

    /// A character, possibly escaped.
    private mutating func literal() -> Unicode.Scalar? { skip("\\") ? next() : next() }

    private enum ClassResult { case found(CharacterSetPattern.Class), plainBracket, malformed }

    /// What stands after `[:`. Without the closing `:]` the bracket means itself and the rest is read again.
    private mutating func characterClass() -> ClassResult {
        let start = position
        guard let end = text[start...].firstIndex(of: "]") else { return .malformed }
        guard end > start, text[end - 1] == ":" else {
            position = start - 1
            return .plainBracket
        }
        let name = String(String.UnicodeScalarView(text[start..<(end - 1)]))
        guard let found = CharacterSetPattern.Class(rawValue: name) else { return .malformed }
        position = end + 1
        return .found(found)
    }
}

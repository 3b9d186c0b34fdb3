/// The set of characters that a bracket expression names.
struct CharacterSetPattern: Sendable, Equatable {
    /// The classes of POSIX, for ASCII.
    enum Class: String, Sendable {
        case alnum, alpha, blank, cntrl, digit, graph, lower, print, punct, space, upper, xdigit

        func contains(_ character: Unicode.Scalar) -> Bool {
            let value = character.value
            guard value < 128 else { return false }
            switch self {
            case .alnum: return Class.alpha.contains(character) || Class.digit.contains(character)
            case .alpha: return Class.lower.contains(character) || Class.upper.contains(character)
            case .blank: return character == " " || character == "\t"
            case .cntrl: return value < 32 || value == 127
            case .digit: return ("0"..."9").contains(character)
            case .graph: return value > 32 && value < 127
            case .lower: return ("a"..."z").contains(character)
            case .print: return value >= 32 && value < 127
            case .punct: return Class.graph.contains(character) && !Class.alnum.contains(character)
            case .space: return character == " " || (9...13).contains(value)
            case .upper: return ("A"..."Z").contains(character)
            case .xdigit: return Class.digit.contains(character) || ("a"..."f").contains(character) || ("A"..."F").contains(character)
            }
        }
    }

    /// The set is everything else.
    var isNegated = false
    /// Single characters are ranges of one.
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    var classes: [Class] = []

    func contains(_ character: Unicode.Scalar) -> Bool {
        let isNamed = ranges.contains { $0.contains(character) } || classes.contains { $0.contains(character) }
        return isNamed != isNegated
    }
}

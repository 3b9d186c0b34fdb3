/// The syntax tree of a regular expression.
indirect enum PatternNode: Sendable {
    /// What is required of a place without taking a scalar.
    enum Assertion: Sendable {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
    }

    case empty
    case set(ScalarSet)
    case assertion(Assertion)
    /// A group whose place is kept; 1 is the first.
    case group(Int, PatternNode)
    case sequence([PatternNode])
    /// The first that fits is taken.
    case alternation([PatternNode])
    case repetition(PatternNode, Repetition)

    /// How often a part may follow itself.
    struct Repetition: Sendable {
        var least: Int
        /// nil means without end.
        var most: Int?
        /// Whether few are preferred.
        var isLazy: Bool
    }
}

/// Why a regular expression cannot be used.
struct PatternFault: Error, Equatable {
    /// What is wrong, on one line.
    var message: String
}

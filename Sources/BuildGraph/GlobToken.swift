/// What one place of a pattern accepts.
enum GlobToken: Sendable, Hashable {
    case literal(Unicode.Scalar)
    case anyOne
    case anyRun
    case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)

    /// Whether this token, which is not `anyRun`, accepts exactly `scalar`.
    func accepts(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .literal(let literal): literal == scalar
        case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
        case .anyOne, .anyRun: true
        }
    }
}

/// Cuts a pattern into tokens.
struct GlobReader {
    private var rest: Substring.UnicodeScalarView
    /// False once a set ran into the end of the pattern: no later one can be closed then, and trying each would take squared time.
    private var setsCanClose = true

    init(_ pattern: String) {
        rest = Substring(pattern).unicodeScalars
    }

    mutating func next() -> GlobToken? {
        guard let scalar = rest.popFirst() else { return nil }
        switch scalar {
        case "*": return .anyRun
        case "?": return .anyOne
        case "\\": return .literal(rest.popFirst() ?? scalar)
        case "[": return set() ?? .literal(scalar)
        default: return .literal(scalar)
        }
    }

    /// Reads a set after its `[`, or takes nothing if the set is never closed.
    private mutating func set() -> GlobToken? {
        guard setsCanClose else { return nil }
        let start = rest
        let negated = rest.first == "!" || rest.first == "^"
        if negated {
            rest.removeFirst()
        }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var isFirst = true
        while let scalar = rest.popFirst() {
            if scalar == "]", !isFirst {
                return .oneOf(ranges, negated: negated)
            }
            isFirst = false
            let low = unescaped(scalar)
            let high = rangeEnd() ?? low
            if low <= high {
                ranges.append(low...high)
            }
        }
        rest = start
        setsCanClose = false
        return nil
    }

    /// Reads `-z` of a range; a `-` before the closing `]` stands for itself.
    private mutating func rangeEnd() -> Unicode.Scalar? {
        guard rest.first == "-", let end = rest.dropFirst().first, end != "]" else { return nil }
        rest.removeFirst(2)
        return unescaped(end)
    }

    private mutating func unescaped(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar == "\\" ? rest.popFirst() ?? scalar : scalar
    }
}

/// Reads regular expressions in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax), without scripts of Unicode.
struct PatternParser {
    /// What `(?flags)` switch.
    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotTakesNewline = false
        var prefersFew = false
    }

    /// Parentheses within each other.
    static let depth = 100
    /// The largest number of a counted repetition.
    static let repetitions = 1000

    let scalars: [Unicode.Scalar]
    var index = 0
    var flags = Flags()
    var level = 0
    /// The names of groups; nil for one without.
    var groups: [String?] = [nil]

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    /// Reads the whole pattern.
    mutating func parse() throws(PatternFault) -> PatternNode {
        let node = try alternation()
        guard index == scalars.count else { throw fault("\")\" without \"(\"") }
        return node
    }

    func fault(_ message: String) -> PatternFault { PatternFault(message: "\(message) at character \(index + 1)") }

    var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    mutating func take(_ text: String) -> Bool {
        let wanted = text.unicodeScalars
        guard scalars[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    mutating func alternation() throws(PatternFault) -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    private mutating func sequence() throws(PatternFault) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            // What follows a quotation repeats its last scalar only.
            nodes += take("\\Q") ? quotation() : [try atom()]
            if let last = nodes.popLast() { nodes.append(try repeated(last)) }
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func atom() throws(PatternFault) -> PatternNode {
        guard let scalar = next else { return .empty }
        index += 1
        switch scalar {
        case "(": return try group()
        case "[": return .set(cased(try scalarClass()))
        case ".": return .set(flags.dotTakesNewline ? .all : .allButNewline)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "*", "+", "?":
            index -= 1
            throw fault("nothing to repeat")
        case "\\": return try escape()
        default: return literal(scalar.value)
        }
    }

    func literal(_ scalar: UInt32) -> PatternNode { .set(cased(ScalarSet([scalar...scalar]))) }

    func cased(_ set: ScalarSet) -> ScalarSet {
        var set = set
        set.ignoresCase = flags.ignoresCase
        return set
    }
}

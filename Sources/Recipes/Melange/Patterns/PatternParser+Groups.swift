extension PatternParser {
    /// What follows `(`.
    mutating func group() throws(PatternFault) -> PatternNode {
        guard level < Self.depth else { throw fault("parentheses within each other deeper than \(Self.depth)") }
        level += 1
        let outer = flags
        defer { level -= 1 }
        var number: Int?
        if take("?P<") || take("?<") {
            number = try addGroup(named: try groupName())
        } else if take("?") {
            if try readFlags() { return .empty }
        } else {
            number = try addGroup(named: nil)
        }
        let node = try alternation()
        guard take(")") else { throw fault("\"(\" without \")\"") }
        flags = outer
        return number.map { .group($0, node) } ?? node
    }

    private mutating func addGroup(named name: String?) throws(PatternFault) -> Int {
        if let name, groups.contains(name) { throw fault("the group \(name) stands twice") }
        groups.append(name)
        return groups.count - 1
    }

    private mutating func groupName() throws(PatternFault) -> String {
        var name = String.UnicodeScalarView()
        while let scalar = next, ScalarSet.word.contains(scalar.value) {
            name.append(scalar)
            index += 1
        }
        guard !name.isEmpty, take(">") else { throw fault("a group's name must be letters, digits and _ followed by >") }
        return String(name)
    }

    /// Reads what follows `(?`; true if that was all, as in `(?i)`, so that the flags hold for what follows.
    private mutating func readFlags() throws(PatternFault) -> Bool {
        var value = true
        while let scalar = next {
            index += 1
            switch scalar {
            case "i": flags.ignoresCase = value
            case "m": flags.isMultiline = value
            case "s": flags.dotTakesNewline = value
            case "U": flags.prefersFew = value
            case "-": value = false
            case ":": return false
            case ")": return true
            default: throw fault("an unknown kind of group")
            }
        }
        throw fault("\"(\" without \")\"")
    }
}

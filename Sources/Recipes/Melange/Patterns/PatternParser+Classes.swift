extension PatternParser {
    /// What follows `[`.
    mutating func scalarClass() throws(PatternFault) -> ScalarSet {
        var set = ScalarSet()
        let isInverted = take("^")
        var isFirst = true
        while isFirst || next != "]" {
            isFirst = false
            guard next != nil else { throw fault("\"[\" without \"]\"") }
            if let part = try namedClass() {
                set.insert(part)
            } else {
                set.insert(try classRange())
            }
        }
        index += 1
        // Case is folded before the class is turned round: [^a] without case means neither a nor A.
        var whole = ScalarSet()
        whole.insert(cased(set))
        return isInverted ? whole.inverted : whole
    }

    /// `[:alpha:]`, `\d` and their like; nil, and nothing taken, for anything else.
    private mutating func namedClass() throws(PatternFault) -> ScalarSet? {
        let start = index
        if take("[:") {
            let isInverted = take("^")
            for (name, set) in PatternClasses.named where take(name + ":]") { return isInverted ? set.inverted : set }
            guard scalars[index...].contains(":") else {
                index = start
                return nil
            }
            throw fault("an unknown class of characters")
        }
        guard take("\\") else { return nil }
        if let set = try classEscape() { return set }
        index = start
        return nil
    }

    private mutating func classRange() throws(PatternFault) -> ClosedRange<UInt32> {
        let low = try classScalar()
        guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else { return low...low }
        index += 1
        let high = try classScalar()
        guard low <= high else { throw fault("a range that ends before it begins") }
        return low...high
    }

    private mutating func classScalar() throws(PatternFault) -> UInt32 {
        guard let scalar = next else { throw fault("\"[\" without \"]\"") }
        index += 1
        return scalar == "\\" ? try scalarEscape() : scalar.value
    }
}

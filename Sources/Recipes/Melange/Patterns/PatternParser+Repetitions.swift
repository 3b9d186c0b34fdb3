extension PatternParser {
    /// A part with the repetition that follows it, if there is one.
    mutating func repeated(_ atom: PatternNode) throws(PatternFault) -> PatternNode {
        guard var repetition = try repetition() else { return atom }
        if flags.prefersFew { repetition.isLazy.toggle() }
        let before = index
        if try self.repetition() != nil {
            index = before
            throw fault("a repetition of a repetition")
        }
        return .repetition(atom, repetition)
    }

    private mutating func repetition() throws(PatternFault) -> PatternNode.Repetition? {
        let bounds: (least: Int, most: Int?)
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if let counted = try countedBounds() {
            bounds = counted
        } else {
            return nil
        }
        return PatternNode.Repetition(least: bounds.least, most: bounds.most, isLazy: take("?"))
    }

    /// `{2}`, `{2,}` or `{2,3}`; nil, and nothing taken, for anything else, which stands for itself.
    private mutating func countedBounds() throws(PatternFault) -> (least: Int, most: Int?)? {
        let start = index
        guard take("{"), let least = number() else {
            index = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else {
            index = start
            return nil
        }
        guard least <= Self.repetitions, most.map({ (least...Self.repetitions).contains($0) }) ?? true else {
            index = start
            throw fault("a repetition count outside 0 to \(Self.repetitions)")
        }
        return (least, most)
    }

    /// A decimal number; values beyond the largest count stay beyond it.
    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar.value - 48), Self.repetitions + 1)
            index += 1
        }
        return value
    }
}

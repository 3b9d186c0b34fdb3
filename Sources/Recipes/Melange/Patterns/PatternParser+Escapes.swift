import Documents

extension PatternParser {
    /// What follows `\` outside of a class.
    mutating func escape() throws(PatternFault) -> PatternNode {
        guard let scalar = next else { throw fault("a \\ at the end") }
        switch scalar {
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        default: break
        }
        if let set = try classEscape() { return .set(cased(set)) }
        return literal(try scalarEscape())
    }

    private mutating func assertion(_ assertion: PatternNode.Assertion) -> PatternNode {
        index += 1
        return .assertion(assertion)
    }

    /// What follows `\Q`, up to `\E`.
    mutating func quotation() -> [PatternNode] {
        var nodes: [PatternNode] = []
        while let scalar = next, !take("\\E") {
            nodes.append(literal(scalar.value))
            index += 1
        }
        return nodes
    }

    /// `\d`, `\pL` and their like, after the `\`; nil, and nothing taken, for anything else.
    mutating func classEscape() throws(PatternFault) -> ScalarSet? {
        guard let scalar = next else { return nil }
        let set: ScalarSet
        switch scalar {
        case "d": set = .digits
        case "D": set = ScalarSet.digits.inverted
        case "w": set = .word
        case "W": set = ScalarSet.word.inverted
        case "s": set = .space
        case "S": set = ScalarSet.space.inverted
        case "p", "P": return try categoryEscape()
        default: return nil
        }
        index += 1
        return set
    }

    private mutating func categoryEscape() throws(PatternFault) -> ScalarSet {
        var isInverted = take("P")
        if !isInverted { index += 1 }
        var name = ""
        if take("{") {
            if take("^") { isInverted.toggle() }
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                index += 1
            }
            guard take("}") else { throw fault("\"{\" without \"}\"") }
        } else if let scalar = next {
            name.unicodeScalars.append(scalar)
            index += 1
        }
        guard let categories = UnicodeCategories.named(name) else { throw fault("an unknown Unicode category \(name.quoted)") }
        return isInverted ? ScalarSet(categories).inverted : ScalarSet(categories)
    }

    private static let controls: [Unicode.Scalar: UInt32] = ["a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11]

    /// One scalar, after the `\`.
    mutating func scalarEscape() throws(PatternFault) -> UInt32 {
        guard let scalar = next else { throw fault("a \\ at the end") }
        if let control = Self.controls[scalar] {
            index += 1
            return control
        }
        if take("x") { return try hexadecimal() }
        if scalar == "0" { return octal() }
        guard scalar.isASCII, !ScalarSet.word.contains(scalar.value) || scalar == "_" else {
            throw fault("an unknown escape \("\\\(scalar)".quoted)")
        }
        index += 1
        return scalar.value
    }

    /// Up to three octal digits.
    private mutating func octal() -> UInt32 {
        var value: UInt32 = 0
        let end = min(index + 3, scalars.count)
        while index < end, let digit = scalars[index].hexadecimalDigit, digit < 8 {
            value = value * 8 + digit
            index += 1
        }
        return value
    }

    /// `7F` or `{10FFFF}`
    private mutating func hexadecimal() throws(PatternFault) -> UInt32 {
        let isBraced = take("{")
        var value: UInt32 = 0
        var count = 0
        while let digit = next?.hexadecimalDigit, count < (isBraced ? 8 : 2) {
            value = value << 4 | digit
            count += 1
            index += 1
        }
        guard isBraced ? count > 0 && take("}") : count == 2, value <= 0x10_FFFF else { throw fault("not a hexadecimal number") }
        return value
    }
}

extension Unicode.Scalar {
    fileprivate var hexadecimalDigit: UInt32? {
        guard isASCII, let value = Character(self).hexDigitValue else { return nil }
        return UInt32(value)
    }
}

/// The classes that stand within brackets by name, as `[[:alpha:]]`.
enum PatternClasses {
    static let named: [(name: String, set: ScalarSet)] = [
        ("alnum", ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A])),
        ("alpha", ScalarSet([0x41...0x5A, 0x61...0x7A])),
        ("ascii", ScalarSet([0...0x7F])),
        ("blank", ScalarSet([0x09...0x09, 0x20...0x20])),
        ("cntrl", ScalarSet([0...0x1F, 0x7F...0x7F])),
        ("digit", .digits),
        ("graph", ScalarSet([0x21...0x7E])),
        ("lower", ScalarSet([0x61...0x7A])),
        ("print", ScalarSet([0x20...0x7E])),
        ("punct", ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])),
        ("space", ScalarSet([0x09...0x0D, 0x20...0x20])),
        ("upper", ScalarSet([0x41...0x5A])),
        ("word", .word),
        ("xdigit", ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])),
    ]
}

/// The general categories of Unicode by their short names (https://www.unicode.org/reports/tr44/#General_Category_Values).
enum UnicodeCategories {
    private static let all: [String: Unicode.GeneralCategory] = [
        "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter, "Lm": .modifierLetter, "Lo": .otherLetter,
        "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark,
        "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber,
        "Pc": .connectorPunctuation, "Pd": .dashPunctuation, "Ps": .openPunctuation, "Pe": .closePunctuation,
        "Pi": .initialPunctuation, "Pf": .finalPunctuation, "Po": .otherPunctuation,
        "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol, "So": .otherSymbol,
        "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator,
        "Cc": .control, "Cf": .format, "Cs": .surrogate, "Co": .privateUse,
    ]

    /// The categories that a name, or the first letter of several, means; nil if there are none.
    static func named(_ name: String) -> Set<Unicode.GeneralCategory>? {
        if let category = all[name] { return [category] }
        guard name.utf8.count == 1 else { return nil }
        let categories = all.filter { $0.key.hasPrefix(name) }.map(\.value)
        return categories.isEmpty ? nil : Set(categories)
    }
}

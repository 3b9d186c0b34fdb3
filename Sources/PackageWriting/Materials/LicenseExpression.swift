/// Licences of a package as one SPDX expression (SPDX 2.3, annex D).
struct LicenseExpression {
    private let parts: [String]

    /// Takes the licences of the parts of a package. A text that is no expression becomes a reference of this document.
    init(_ licenses: [String]) {
        var seen: Set<String> = []
        parts = licenses.filter { !$0.allSatisfy(\.isWhitespace) }.map(Self.expression).filter { seen.insert($0).inserted }
    }

    /// All of them; nil if there is none.
    var text: String? {
        if parts.count < 2 { return parts.first }
        return parts.map { Self.needsParentheses($0) ? "(\($0))" : $0 }.joined(separator: " AND ")
    }

    /// The references among them, each once, in order.
    var references: [String] {
        let words = parts.flatMap { $0.split { " ()".contains($0) }.map(String.init) }
        return Set(words.filter { $0.hasPrefix("LicenseRef-") }).sorted()
    }

    private static let operators: Set<String> = ["AND", "OR", "WITH"]

    private static func needsParentheses(_ expression: String) -> Bool { expression.split(separator: " ").contains("OR") }

    /// Names and operators take turns, parentheses aside.
    private static func expression(_ text: String) -> String {
        let words = text.split { $0 == " " || $0 == "(" || $0 == ")" }.map(String.init)
        let takeTurns = words.enumerated().allSatisfy { operators.contains($1) == !$0.isMultiple(of: 2) && isName($1) }
        return takeTurns && !words.count.isMultiple(of: 2) && isBalanced(text) ? text : reference(text)
    }

    private static func isName(_ word: String) -> Bool {
        word.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-.+:".utf8.contains($0) }
    }

    private static func isBalanced(_ text: String) -> Bool {
        var depth = 0
        for character in text where depth >= 0 { depth += character == "(" ? 1 : character == ")" ? -1 : 0 }
        return depth == 0
    }

    private static func reference(_ text: String) -> String {
        let letters = text.unicodeScalars.map { scalar in
            scalar.isASCIILetterOrDigit || scalar == "." ? Character(scalar) : "-"
        }
        return "LicenseRef-\(String(letters))"
    }
}

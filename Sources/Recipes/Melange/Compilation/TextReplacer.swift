import AlpinePackage
import Documents
import FarmModel

/// Replaces variables in the fields of a configuration and collects what is wrong with them.
struct TextReplacer {
    private let file: String
    private let scope: MelangeScope
    /// What is wrong.
    private(set) var errors: DocumentErrors
    /// How much text there is.
    private(set) var budget: TextBudget

    init(file: String, scope: MelangeScope, errors: DocumentErrors, budget: TextBudget) {
        self.file = file
        self.scope = scope
        self.errors = errors
        self.budget = budget
    }

    /// A text; nil after an error was collected.
    mutating func text(_ text: MelangeText, _ key: String) -> String? {
        do throws(SubstitutionFault) {
            let value = try scope.replacing(in: text.value)
            try budget.spend(value.utf8.count)
            return value
        } catch {
            guard !errors.isFull else { return nil }
            fail(at: text.position, "\(key): \(scope.message(of: error))")
            return nil
        }
    }

    /// A text on one line; nil if there is none.
    mutating func line(_ text: MelangeText?, _ key: String) -> String? {
        text.flatMap { self.text($0, key)?.onOneLine.trimmed }
    }

    /// The texts of a list, each on one line.
    mutating func lines(_ texts: [MelangeText], _ key: String) -> [String] {
        var lines: [String] = []
        for text in texts {
            guard let line = line(text, key) else { continue }
            if line.isEmpty { fail(at: text.position, "\(key): an empty entry") } else { lines.append(line) }
        }
        return lines
    }

    /// The terms of a list, each a package and perhaps a version as apk takes it.
    mutating func terms(_ texts: [MelangeText], _ key: String) -> [String] {
        var terms: [String] = []
        for text in texts {
            guard let line = line(text, key) else { continue }
            do throws(FarmError) {
                _ = try Dependency(line)
                terms.append(line)
            } catch {
                fail(at: text.position, "\(key): \(error.message)")
            }
        }
        return terms
    }

    /// A whole number; nil if there is none.
    mutating func integer(_ text: MelangeText?, _ key: String) -> Int64? {
        guard let text, let line = line(text, key), !line.isEmpty else { return nil }
        if let number = Int64(line) { return number }
        fail(at: text.position, "\(key): expected a whole number, found \(line.quoted)")
        return nil
    }

    /// The entries of a mapping.
    mutating func values(_ pairs: [MelangePair]) -> [String: String] {
        var values: [String: String] = [:]
        for pair in pairs { values[pair.key] = text(pair.value, pair.key) }
        return values
    }

    /// Collects an error.
    mutating func fail(at position: DocumentPosition, _ message: String) {
        errors.add(DocumentError(file: file, line: Int(position.line), column: Int(position.column), message: message))
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        let rest = utf8.drop(while: \.isBlank)
        guard let last = rest.lastIndex(where: { !$0.isBlank }) else { return "" }
        return String(Substring(rest[...last]))
    }
}

import Documents
import FarmModel

extension StepCompiler {
    /// Whether a condition holds; false after an error was collected.
    mutating func holds(_ condition: MelangeText, in surroundings: StepSurroundings) -> Bool {
        do throws(SubstitutionFault) {
            try budget.spend(condition.value.utf8.count * MelangeLimits.conditionCost)
            return try Condition.holds(condition.value) { name throws(SubstitutionFault) in try surroundings.scope.value(of: name) }
        } catch {
            fail(at: condition.position, "if: \(surroundings.scope.message(of: error))", in: surroundings)
            return false
        }
    }

    /// A text with the values of its variables; nil after an error was collected.
    mutating func replaced(_ text: MelangeText, _ key: String, in surroundings: StepSurroundings) -> String? {
        do throws(SubstitutionFault) {
            let value = try surroundings.scope.replacing(in: text.value)
            try budget.spend(value.utf8.count)
            return value
        } catch {
            fail(at: text.position, "\(key): \(surroundings.scope.message(of: error))", in: surroundings)
            return nil
        }
    }

    /// Counts some bytes of text; false after an error was collected.
    mutating func spend(_ bytes: Int, at position: DocumentPosition, in surroundings: StepSurroundings) -> Bool {
        do throws(SubstitutionFault) {
            try budget.spend(bytes)
            return true
        } catch {
            fail(at: position, error.message, in: surroundings)
            return false
        }
    }

    /// Collects an error.
    mutating func fail(at position: DocumentPosition, _ message: @autoclosure () -> String, in surroundings: StepSurroundings) {
        guard !errors.isFull else { return }
        errors.add(DocumentError(file: surroundings.file, line: Int(position.line), column: Int(position.column), message: message()))
    }
}

extension String {
    /// The text with a space for each control character.
    var onOneLine: String { holdsControls ? String(decoding: utf8.map { $0 < 32 || $0 == 127 ? 32 : $0 }, as: UTF8.self) : self }
}

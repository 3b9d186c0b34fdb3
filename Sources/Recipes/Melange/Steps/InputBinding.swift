import BuildGraph
import Documents
import FarmModel

/// Finds the values of a pipeline's inputs from what a step states and what the pipeline declares.
struct InputBinding {
    /// Hexadecimal digits that inputs of these names must have.
    private static let digits = ["expected-sha256": 64, "expected-sha512": 128, "expected-commit": 40]

    private let step: MelangeStep
    private let uses: String
    private let outer: StepSurroundings
    private var isSound = true

    /// Binds what a step states.
    init(step: MelangeStep, uses: String, outer: StepSurroundings) {
        self.step = step
        self.uses = uses
        self.outer = outer
    }

    /// The values by name; nil if something is wrong.
    /// - Parameter file: Where the inputs are declared.
    mutating func bind(_ declarations: [MelangeInput], file: String, errors: inout DocumentErrors) -> [String: String]? {
        var given = Dictionary(step.inputs.map { ($0.key, $0) }) { $1 }
        var inputs: [String: String] = [:]
        var pending: [(name: String, text: MelangeText, file: String)] = []
        for declaration in declarations {
            let stated = given.removeValue(forKey: declaration.name).flatMap { $0.value.value.isEmpty ? nil : $0.value }
            let text = stated ?? declaration.usual
            if let value = try? outer.scope.replacing(in: text.value, limit: MelangeLimits.valueBytes) {
                inputs[declaration.name] = value
            } else {
                pending.append((declaration.name, text, stated == nil ? file : outer.file))
            }
        }
        isSound = given.isEmpty
        for pair in step.inputs where given[pair.key] != nil && !errors.isFull { failUnknown(pair, declarations, &errors) }
        resolve(pending, into: &inputs, &errors)
        check(declarations, inputs, &errors)
        return isSound ? inputs : nil
    }

    /// Values that name other inputs of the same pipeline.
    private mutating func resolve(
        _ pending: [(name: String, text: MelangeText, file: String)], into inputs: inout [String: String], _ errors: inout DocumentErrors
    ) {
        var scope = outer.scope
        scope.inputs.merge(inputs) { $1 }
        for (name, text, file) in pending {
            do throws(SubstitutionFault) {
                inputs[name] = try scope.replacing(in: text.value, limit: MelangeLimits.valueBytes)
            } catch {
                inputs[name] = ""
                isSound = false
                guard !errors.isFull else { continue }
                fail(at: text.position, "\(name): \(scope.message(of: error))", file: file, &errors)
            }
        }
    }

    private mutating func failUnknown(_ pair: MelangePair, _ declarations: [MelangeInput], _ errors: inout DocumentErrors) {
        let names = declarations.map(\.name)
        let advice = suggestion(for: pair.key, among: names).map { ", did you mean \"\($0)\"?" }
        let known = names.isEmpty ? "; it takes none" : "; it takes \(names.joined(separator: ", "))"
        fail(at: pair.position, "with: \(uses) has no input \(pair.key.quoted)\(advice ?? known)", file: outer.file, &errors)
    }

    private mutating func check(_ declarations: [MelangeInput], _ inputs: [String: String], _ errors: inout DocumentErrors) {
        guard isSound else { return }
        for declaration in declarations where !errors.isFull {
            let value = inputs[declaration.name] ?? ""
            if value.isEmpty, declaration.isRequired {
                fail(at: place(of: declaration), "with: \(uses) needs the input \(declaration.name)", file: outer.file, &errors)
            }
            if let count = Self.digits[declaration.name], !value.isEmpty, value.utf8.count != count || Hexadecimal.bytes(of: value) == nil {
                let message = "\(declaration.name): expected \(count) hexadecimal digits, found \(value.quoted)"
                fail(at: place(of: declaration), message, file: outer.file, &errors)
            }
        }
    }

    private func place(of declaration: MelangeInput) -> DocumentPosition {
        step.inputs.first { $0.key == declaration.name }?.value.position ?? step.position
    }

    private mutating func fail(at position: DocumentPosition, _ message: String, file: String, _ errors: inout DocumentErrors) {
        isSound = false
        errors.add(DocumentError(file: file, line: Int(position.line), column: Int(position.column), message: message))
    }
}

/// `, did you mean "x"?`, or nothing if no name is near.
func suggestionText(for name: String, among names: [String]) -> String {
    suggestion(for: name, among: names).map { ", did you mean \"\($0)\"?" } ?? ""
}

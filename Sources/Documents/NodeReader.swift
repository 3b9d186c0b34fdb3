import BuildGraph
package import FarmModel

/// Reads typed values out of document nodes and collects what is wrong with them.
///
/// Each function takes the node and the key it stands under, and answers nil after an error was collected; who reads a document goes on
/// with the next field, so that one pass finds all errors.
public struct NodeReader {
    /// What the errors are for.
    package let file: String
    /// The folder that relative local paths start from, if known.
    package let base: String?
    /// Whether the sender may name files of this machine.
    package let allowsLocalPaths: Bool
    /// What holds for documents that do not say it.
    package let defaults: DocumentDefaults

    package private(set) var errors: DocumentErrors

    package init(
        file: String, base: String?, allowsLocalPaths: Bool, defaults: DocumentDefaults = .builtIn,
        errors: DocumentErrors = DocumentErrors()
    ) {
        self.file = file
        self.base = base
        self.allowsLocalPaths = allowsLocalPaths
        self.defaults = defaults
        self.errors = errors
    }

    /// Collects an error at a place.
    package mutating func fail(at position: DocumentPosition, _ message: String) {
        errors.add(DocumentError(file: file, line: Int(position.line), column: Int(position.column), message: message))
    }

    /// Collects an error that was found elsewhere.
    package mutating func fail(_ error: DocumentError) { errors.add(error) }

    /// Collects that a value is not what its key asks for.
    package mutating func expected(_ expectation: String, _ node: DocumentNode, _ key: String) {
        fail(at: node.position, "\(key): expected \(expectation), found \(node.found)")
    }

    /// A mapping all of whose keys are allowed.
    /// - Parameter expectation: What else could stand there, for the message.
    package mutating func fields(
        _ node: DocumentNode, _ key: String, allowed: KeyList, expectation: String = "a mapping"
    ) -> DocumentNode? {
        guard let members = node.members else {
            expected(expectation, node, key)
            return nil
        }
        for member in members where !allowed.contains(member.key) && !errors.isFull { failUnknown(member, allowed) }
        return node
    }

    private mutating func failUnknown(_ member: DocumentMember, _ allowed: KeyList) {
        let advice = advice(for: member.key, among: allowed.ordered) ?? "; allowed are \(allowed.ordered.joined(separator: ", "))"
        fail(at: member.position, "unknown key \(member.key.quoted)\(advice)")
    }

    /// `, did you mean "x"?` if one of the names is near.
    package func advice(for name: String, among names: [String]) -> String? {
        suggestion(for: name, among: names).map { ", did you mean \"\($0)\"?" }
    }

    /// A string within a number of bytes and without NUL.
    package mutating func string(_ node: DocumentNode, _ key: String, limit: Int = DocumentLimits.pathBytes) -> String? {
        guard case .string = node.value else {
            expected("a string", node, key)
            return nil
        }
        return checked(node, key, limit: limit)
    }

    /// A string, number or truth value as it is written.
    package mutating func scalar(_ node: DocumentNode, _ key: String, limit: Int = DocumentLimits.pathBytes) -> String? {
        switch node.value {
        case .string, .bool, .integer, .number: return checked(node, key, limit: limit)
        default:
            expected("a string", node, key)
            return nil
        }
    }

    private mutating func checked(_ node: DocumentNode, _ key: String, limit: Int) -> String? {
        guard node.text.utf8.count <= limit else {
            fail(at: node.position, "\(key): longer than \(limit) bytes")
            return nil
        }
        guard !node.text.holdsNUL else {
            fail(at: node.position, "\(key): a NUL character is not allowed")
            return nil
        }
        return node.text
    }

    /// A string that a rule accepts.
    package mutating func string(_ node: DocumentNode, _ key: String, rule: TextRule) -> String? {
        guard let text = string(node, key, limit: rule.limit) else { return nil }
        return obey(rule, text, node, key)
    }

    /// A string, number or truth value that a rule accepts.
    package mutating func scalar(_ node: DocumentNode, _ key: String, rule: TextRule) -> String? {
        guard let text = scalar(node, key, limit: rule.limit) else { return nil }
        return obey(rule, text, node, key)
    }

    private mutating func obey(_ rule: TextRule, _ text: String, _ node: DocumentNode, _ key: String) -> String? {
        guard rule.accepts(text) else {
            expected(rule.expectation, node, key)
            return nil
        }
        return text
    }

    /// `true` or `false`; false if absent.
    package mutating func flag(_ fields: DocumentNode, _ key: String) -> Bool {
        guard let node = fields[key] else { return false }
        if case .bool(let value) = node.value { return value }
        expected("true or false", node, key)
        return false
    }

    /// A whole number within a range.
    package mutating func integer(_ node: DocumentNode, _ key: String, _ range: ClosedRange<Int64>) -> Int64? {
        if case .integer(let value) = node.value, range.contains(value) { return value }
        expected("a whole number from \(range.lowerBound) to \(range.upperBound)", node, key)
        return nil
    }

    /// The elements of a list; a single string counts as a list of one.
    package mutating func elements(_ fields: DocumentNode, _ key: String, limit: Int = DocumentLimits.elements) -> [DocumentNode] {
        guard let node = fields[key] else { return [] }
        switch node.value {
        case .list(let elements) where elements.count <= limit: return elements
        case .list(let elements): fail(at: node.position, "\(key): \(elements.count) elements, at most \(limit) are allowed")
        case .string: return [node]
        default: expected("a list", node, key)
        }
        return []
    }

    /// One of the raw values of an enumeration.
    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ node: DocumentNode, _ key: String) -> Choice? {
        if case .string = node.value, let choice = Choice(rawValue: node.text) { return choice }
        return member(node, key, of: Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
    }

    /// A string that is one of some names.
    package mutating func member(_ node: DocumentNode, _ key: String, of names: [String]) -> String? {
        if case .string = node.value, names.contains(node.text) { return node.text }
        let advice = advice(for: node.text, among: names) ?? ""
        fail(at: node.position, "\(key): expected \(names.alternatives), found \(node.found)\(advice)")
        return nil
    }

    /// An architecture by its canonical name or a synonym.
    package mutating func architecture(_ node: DocumentNode, _ key: String) -> Architecture? {
        if case .string = node.value, let architecture = Architecture(node.text) { return architecture }
        return member(node, key, of: Architecture.names).flatMap { Architecture($0) }
    }

    /// Collects an error if more than one of some keys is there.
    package mutating func exclude(_ fields: DocumentNode, _ keys: String...) {
        let present = (fields.members ?? []).filter { keys.contains($0.key) && !$0.value.isNull }
        guard let first = present.first else { return }
        for member in present.dropFirst() { fail(at: member.position, "\(member.key) cannot stand beside \(first.key)") }
    }
}

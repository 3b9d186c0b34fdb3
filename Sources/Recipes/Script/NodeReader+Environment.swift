import Documents
import FarmModel

extension NodeReader {
    /// `environment`: the root file system and the variables.
    mutating func readEnvironment(_ fields: DocumentNode, into plan: inout Plan) {
        guard let node = fields["environment"], let fields = self.fields(node, "environment", allowed: ScriptKeys.environment) else {
            return
        }
        exclude(fields, "root", "image")
        plan.variables = variables(fields)
        if let image = fields["image"] {
            if let reference = string(image, "image", rule: .image) { plan.environment = .image(reference) }
        } else if let root = fields["root"] {
            plan.environment = self.root(root) ?? .host
        }
    }

    private mutating func root(_ node: DocumentNode) -> Environment? {
        guard let text = string(node, "root", rule: .path), text != "host" else { return nil }
        guard text.utf8.contains(UInt8(ascii: "/")) else {
            expected("host or a path with a / in it", node, "root")
            return nil
        }
        return localPathsAllowed(node, "root") ? .root(path: text) : nil
    }

    /// `variables`: names to strings, numbers or truth values, which are taken as written.
    mutating func variables(_ fields: DocumentNode) -> [String: String] {
        guard let node = fields["variables"] else { return [:] }
        guard let members = node.members, members.count <= DocumentLimits.elements else {
            expected("a mapping of at most \(DocumentLimits.elements) variables", node, "variables")
            return [:]
        }
        var variables: [String: String] = [:]
        for member in members {
            guard let name = variableName(member.key, at: member.position) else { continue }
            variables[name] = scalar(member.value, name, limit: DocumentLimits.argumentBytes - name.utf8.count - 1)
        }
        return variables
    }

    /// The name of a variable that a document may set.
    mutating func variableName(_ name: String, at position: DocumentPosition) -> String? {
        if !TextRule.variable.accepts(name) || name.utf8.count > TextRule.variable.limit {
            fail(at: position, "variables: expected \(TextRule.variable.expectation), found \(name.quoted)")
        } else if name.hasPrefix("BF_") {
            fail(at: position, "variables: \(name.excerpt) is reserved; bf sets all that begin with BF_")
        } else if name == "SOURCE_DATE_EPOCH" {
            fail(at: position, "variables: SOURCE_DATE_EPOCH is reserved; write source_date_epoch as a field of the document")
        } else {
            return name
        }
        return nil
    }
}

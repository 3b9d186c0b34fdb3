import Documents
import FarmModel

extension NodeReader {
    /// `needs`: names, or mappings with `from`, `arch` and `optional`.
    mutating func needs(_ fields: DocumentNode) -> [Need] {
        var needs: [Need] = []
        var seen: Set<Need> = []
        for node in elements(fields, "needs", limit: DocumentLimits.needs) {
            guard let need = need(node) else { continue }
            if seen.insert(Need(name: need.name, architecture: need.architecture)).inserted {
                needs.append(need)
            } else {
                fail(at: node.position, "needs: \(need.name.quoted) stands twice")
            }
        }
        return needs
    }

    private mutating func need(_ node: DocumentNode) -> Need? {
        if case .string = node.value { return string(node, "needs", rule: .name).map { Need(name: $0) } }
        guard let fields = fields(node, "needs", allowed: ScriptKeys.need, expectation: "a name or a mapping with name") else { return nil }
        guard let name = fields["name"] else {
            fail(at: node.position, "needs: name is missing")
            return nil
        }
        guard let text = string(name, "name", rule: .name) else { return nil }
        return Need(
            name: text, architecture: fields["arch"].flatMap { architecture($0, "arch") },
            origin: fields["from"].flatMap { choice($0, "from") } ?? .build, isOptional: flag(fields, "optional"))
    }

    /// `labels`: a list of `key` and `key=value`, or a mapping.
    mutating func labels(_ fields: DocumentNode) -> [String] {
        guard let node = fields["labels"] else { return [] }
        var labels: Set<String> = []
        if let members = node.members {
            for member in members {
                if let label = label(member) { labels.insert(label) }
            }
        } else {
            for element in elements(fields, "labels") {
                if let label = string(element, "labels", rule: .label) { labels.insert(label) }
            }
        }
        return labels.sorted()
    }

    private mutating func label(_ member: DocumentMember) -> String? {
        let text: String
        if member.value.isNull {
            text = member.key
        } else {
            guard let value = scalar(member.value, member.key, limit: TextRule.label.limit) else { return nil }
            text = "\(member.key)=\(value)"
        }
        let label = DocumentNode(.string, text: text, at: member.position)
        return string(label, "labels", rule: .label)
    }

    /// `retry`: a number of attempts, or a mapping with `attempts` and `on`.
    mutating func retry(_ fields: DocumentNode) -> RetryPolicy {
        var policy = defaults.retry
        guard let node = fields["retry"] else { return policy }
        if case .integer = node.value {
            policy.attempts = attempts(node, "retry") ?? policy.attempts
            return policy
        }
        let expectation = "a number of attempts or a mapping"
        guard let fields = self.fields(node, "retry", allowed: ScriptKeys.retry, expectation: expectation) else { return policy }
        if let node = fields["attempts"] { policy.attempts = attempts(node, "attempts") ?? policy.attempts }
        if fields["on"] != nil {
            let classes: [FailureClass] = elements(fields, "on").compactMap { choice($0, "on") }
            policy.classes = Set(classes)
        }
        return policy
    }

    private mutating func attempts(_ node: DocumentNode, _ key: String) -> Int? { integer(node, key, 1...20).map { Int($0) } }
}

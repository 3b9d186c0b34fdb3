import Documents
import FarmModel

extension NodeReader {
    /// A text under a key, or a number or truth value as it is written; nil if there is none.
    mutating func melangeText(_ fields: DocumentNode, _ key: String, limit: Int = MelangeLimits.valueBytes) -> MelangeText? {
        fields[key].flatMap { melangeText($0, named: key, limit: limit) }
    }

    /// The text of a node.
    mutating func melangeText(_ node: DocumentNode, named key: String, limit: Int = MelangeLimits.valueBytes) -> MelangeText? {
        scalar(node, key, limit: limit).map { MelangeText(value: $0, position: node.position) }
    }

    /// A text that must be there.
    mutating func requiredMelangeText(_ fields: DocumentNode, _ key: String) -> MelangeText? {
        guard let node = fields[key] else {
            fail(at: fields.position, "\(key) is missing")
            return nil
        }
        return melangeText(node, named: key)
    }

    /// The texts of a list.
    mutating func melangeTexts(_ fields: DocumentNode, _ key: String) -> [MelangeText] {
        var texts: [MelangeText] = []
        for node in elements(fields, key, limit: MelangeLimits.entries) {
            if let text = melangeText(node, named: key) { texts.append(text) }
        }
        return texts
    }

    /// The entries of a mapping from names to texts; what has no value has an empty one.
    mutating func melangePairs(_ fields: DocumentNode, _ key: String) -> [MelangePair] {
        guard let node = fields[key] else { return [] }
        guard let members = node.members, members.count <= MelangeLimits.entries else {
            expected("a mapping of at most \(MelangeLimits.entries) texts", node, key)
            return []
        }
        var pairs: [MelangePair] = []
        for member in members {
            let empty = MelangeText(value: "", position: member.value.position)
            guard let value = member.value.isNull ? empty : melangeText(member.value, named: member.key) else { continue }
            pairs.append(MelangePair(key: member.key, position: member.position, value: value))
        }
        return pairs
    }

    /// Variables of the environment.
    mutating func melangeVariables(_ fields: DocumentNode, _ key: String) -> [MelangePair] {
        let pairs = melangePairs(fields, key)
        for pair in pairs where !TextRule.variable.accepts(pair.key) {
            fail(at: pair.position, "\(key): expected \(TextRule.variable.expectation), found \(pair.key.quoted)")
        }
        return pairs
    }

    /// A mapping under a key, all of whose keys are allowed; nil if there is none.
    mutating func melangeSection(_ fields: DocumentNode, _ key: String, _ allowed: KeyList) -> DocumentNode? {
        fields[key].flatMap { self.fields($0, key, allowed: allowed) }
    }

    /// The mappings of a list, all of whose keys are allowed.
    mutating func melangeSections(_ fields: DocumentNode, _ key: String, _ allowed: KeyList) -> [DocumentNode] {
        var sections: [DocumentNode] = []
        for node in elements(fields, key, limit: MelangeLimits.entries) {
            if let section = self.fields(node, key, allowed: allowed) { sections.append(section) }
        }
        return sections
    }
}

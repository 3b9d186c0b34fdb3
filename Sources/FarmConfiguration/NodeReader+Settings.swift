internal import Documents
internal import FarmModel

extension NodeReader {
    /// The value of a setting; nil after an error was collected.
    mutating func value(_ node: DocumentNode, _ key: String, _ kind: Setting.Kind) -> SettingValue? {
        switch kind {
        case .path: path(node, key).map { .text($0) }
        case .text: string(node, key, rule: .line).map { .text($0) }
        case .flag: truth(node, key).map { .flag($0) }
        case .integer(let range): integer(node, key, range).map { .integer($0) }
        case .count(let range): node.isUnlimited(.none) ? .unlimited : integer(node, key, range).map { .integer($0) }
        case .cores: cores(node, key)
        case .duration(let word): duration(node, key, word)
        case .size(let least): size(node, key, least: least)
        case .choice(let names): member(node, key, of: names).map { .text($0) }
        case .choices(let names): list(node, key) { reader, element in reader.member(element, key, of: names) }
        case .texts: list(node, key) { reader, element in reader.string(element, key, rule: .line) }
        case .labels: list(node, key) { reader, element in reader.string(element, key, rule: .label) }
        }
    }

    private mutating func path(_ node: DocumentNode, _ key: String) -> String? {
        guard let path = string(node, key, rule: .path) else { return nil }
        if path.isAbsolutePath { return path }
        expected("an absolute path", node, key)
        return nil
    }

    private mutating func truth(_ node: DocumentNode, _ key: String) -> Bool? {
        if case .bool(let value) = node.value { return value }
        expected("true or false", node, key)
        return nil
    }

    private mutating func cores(_ node: DocumentNode, _ key: String) -> SettingValue? {
        if node.isUnlimited(.none) { return .unlimited }
        switch node.value {
        case .integer(let value) where (1...4096).contains(value): return .number(Double(value))
        case .number(let value) where (0.01...4096).contains(value): return .number(value)
        default:
            expected("a number of cores from 0.01 to 4096, or none", node, key)
            return nil
        }
    }

    private mutating func duration(_ node: DocumentNode, _ key: String, _ word: Setting.Unlimited) -> SettingValue? {
        if node.isUnlimited(word) { return .unlimited }
        if node.isScalar, let milliseconds = DurationText.milliseconds(node.text) { return .integer(milliseconds) }
        expected("a duration such as 30m or 7d, or \(word.rawValue)", node, key)
        return nil
    }

    private mutating func size(_ node: DocumentNode, _ key: String, least: Int64) -> SettingValue? {
        if node.isUnlimited(.none) { return .unlimited }
        if node.isScalar, let bytes = SizeText.bytes(node.text), bytes >= least { return .integer(bytes) }
        let bound = least > 1 ? ", at least \(SizeText.text(bytes: least))" : ""
        expected("a size such as 512MiB or 2GiB\(bound), or none", node, key)
        return nil
    }

    private mutating func list(
        _ node: DocumentNode, _ key: String, _ read: (inout NodeReader, DocumentNode) -> String?
    ) -> SettingValue? {
        let known = errors.list.count
        var elements: [String] = []
        for element in listed(node, key) {
            if let text = read(&self, element), !elements.contains(text) { elements.append(text) }
        }
        return errors.list.count == known ? .list(elements) : nil
    }

    private mutating func listed(_ node: DocumentNode, _ key: String) -> [DocumentNode] {
        switch node.value {
        case .list(let elements): return elements
        case .string: return [node]
        default:
            expected("a list", node, key)
            return []
        }
    }
}

extension DocumentNode {
    fileprivate func isUnlimited(_ word: Setting.Unlimited) -> Bool {
        switch value {
        case .string: text == word.rawValue
        case .integer(0): word == .none
        default: false
        }
    }

    fileprivate var isScalar: Bool {
        switch value {
        case .string, .integer, .number: true
        default: false
        }
    }
}

package import FarmModel

extension DocumentNode {
    /// A JSON value as nodes; all stand at the first position, for there is no text.
    package init(json: JSONValue) {
        switch json {
        case .null: self.init(.null, at: .start)
        case .bool(let value): self.init(.bool(value), text: String(value), at: .start)
        case .int(let value): self.init(.integer(value), text: String(value), at: .start)
        case .double(let value): self.init(.number(value), text: String(value), at: .start)
        case .string(let text): self.init(.string, text: text, at: .start)
        case .array(let elements): self.init(.list(elements.map(DocumentNode.init(json:))), at: .start)
        case .object(let object):
            let members = object.members.map { member in
                DocumentMember(key: member.key, position: .start, value: DocumentNode(json: member.value))
            }
            self.init(.mapping(members), at: .start)
        }
    }

    /// A value that stands alone, without quotes, by the rules of YAML.
    package init(plain text: String) {
        self.init(YAMLScalar.value(of: text, isPlain: true, tag: nil) ?? .string, text: text, at: .start)
    }
}

/// A place in a text.
struct DocumentPosition: Sendable, Hashable {
    /// Counted from 1.
    var line: Int32
    /// Counted from 1: characters in YAML, bytes in JSON.
    var column: Int32

    /// The very beginning.
    static let start = DocumentPosition(line: 1, column: 1)
}

/// One value of a YAML or JSON document with the place where it stands.
public struct DocumentNode: Sendable {
    enum Value: Sendable {
        case null
        case bool(Bool)
        case integer(Int64)
        /// A number that is no 64-bit integer.
        case number(Double)
        /// The string is the node's `text`.
        case string
        case list([DocumentNode])
        case mapping([DocumentMember])
    }

    /// What it is.
    var value: Value
    /// A scalar as it is written, without quotes and escapes; empty for lists and mappings.
    var text: String
    /// Where it begins.
    var position: DocumentPosition

    init(_ value: Value, text: String = "", at position: DocumentPosition) {
        self.value = value
        self.text = text
        self.position = position
    }

    /// The members of a mapping, or nil for any other kind.
    var members: [DocumentMember]? { if case .mapping(let members) = value { members } else { nil } }

    /// The member of a mapping under a key, if its value is not null.
    subscript(_ key: String) -> DocumentNode? {
        guard let found = members?.first(where: { $0.key == key })?.value, !found.isNull else { return nil }
        return found
    }

    var isNull: Bool { if case .null = value { true } else { false } }

    /// How messages call this value.
    var found: String {
        switch value {
        case .null: "nothing"
        case .bool, .integer, .number: text.excerpt
        case .string: text.quoted
        case .list(let elements): elements.isEmpty ? "an empty list" : "a list"
        case .mapping(let members): members.isEmpty ? "an empty mapping" : "a mapping"
        }
    }
}

/// One key of a mapping and its value.
struct DocumentMember: Sendable {
    var key: String
    /// Where the key begins.
    var position: DocumentPosition
    var value: DocumentNode
}

/// A place in a text.
package struct DocumentPosition: Sendable, Hashable {
    /// Counted from 1.
    package var line: Int32
    /// Counted from 1: characters in YAML, bytes in JSON.
    package var column: Int32

    package init(line: Int32, column: Int32) {
        self.line = line
        self.column = column
    }

    /// The very beginning.
    package static let start = DocumentPosition(line: 1, column: 1)
}

/// One value of a YAML or JSON document with the place where it stands.
public struct DocumentNode: Sendable {
    package enum Value: Sendable {
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
    package var value: Value
    /// A scalar as it is written, without quotes and escapes; empty for lists and mappings.
    package var text: String
    /// Where it begins.
    package var position: DocumentPosition

    package init(_ value: Value, text: String = "", at position: DocumentPosition) {
        self.value = value
        self.text = text
        self.position = position
    }

    /// The members of a mapping, or nil for any other kind.
    package var members: [DocumentMember]? { if case .mapping(let members) = value { members } else { nil } }

    /// The member of a mapping under a key, if its value is not null.
    package subscript(_ key: String) -> DocumentNode? {
        guard let found = members?.first(where: { $0.key == key })?.value, !found.isNull else { return nil }
        return found
    }

    package var isNull: Bool { if case .null = value { true } else { false } }

    /// How messages call this value.
    package var found: String {
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
package struct DocumentMember: Sendable {
    package var key: String
    /// Where the key begins.
    package var position: DocumentPosition
    package var value: DocumentNode

    package init(key: String, position: DocumentPosition, value: DocumentNode) {
        self.key = key
        self.position = position
        self.value = value
    }
}

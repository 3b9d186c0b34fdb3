import FarmModel

@testable import Documents

/// The nodes of a YAML text as JSON text, strings and numbers as they were resolved; or the first fault.
func composed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { pointer in
        var documents = YAMLDocuments(pointer)
        var texts: [String] = []
        do throws(DocumentFault) {
            while let node = try documents.next() { texts.append(node.json.text) }
        } catch {
            return "\(error.position.line):\(error.position.column): \(error.message)"
        }
        return texts.joined(separator: " ")
    }
}

extension DocumentNode {
    fileprivate var json: JSONValue {
        switch value {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .int(value)
        case .number(let value): value.isFinite ? .double(value) : .string("number \(value)")
        case .string: .string(text)
        case .list(let elements): .array(elements.map(\.json))
        case .mapping(let members):
            .object(JSONObject(uniqueMembers: members.map { JSONObject.Member(key: $0.key, value: $0.value.json) }))
        }
    }
}

import FarmModel

/// Reads a stream of JSON values, one after the other with nothing but space between, into nodes: a JSON file is a stream of one.
package struct JSONDocuments {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var scanner: JSONScanner

    /// Starts at the beginning of `bytes`, which must outlive this value.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        scanner = JSONScanner(bytes)
    }

    /// The next value, or nil at the end.
    package mutating func next() throws(DocumentFault) -> DocumentNode? {
        scanner.skipSpace()
        guard !scanner.isAtEnd else { return nil }
        let start = scanner.offset
        let node: DocumentNode
        do throws(JSONSyntaxError) { node = try readValue(depth: 0) } catch { throw DocumentFault(error) }
        guard scanner.offset - start <= DocumentLimits.documentBytes else {
            throw DocumentFault(position: node.position, message: "the record is larger than \(DocumentLimits.documentSize)")
        }
        return node
    }

    private mutating func readValue(depth: Int) throws(JSONSyntaxError) -> DocumentNode {
        guard depth <= DocumentLimits.depth else { throw scanner.error("nested deeper than \(DocumentLimits.depth)") }
        scanner.skipSpace()
        let position = position
        switch scanner.peek {
        case UInt8(ascii: "{"): return DocumentNode(.mapping(try readMembers(depth: depth)), at: position)
        case UInt8(ascii: "["): return DocumentNode(.list(try readElements(depth: depth)), at: position)
        case UInt8(ascii: "\""): return DocumentNode(.string, text: try scanner.readString(), at: position)
        case UInt8(ascii: "t"): return try readWord("true", .bool(true), at: position)
        case UInt8(ascii: "f"): return try readWord("false", .bool(false), at: position)
        case UInt8(ascii: "n"): return try readWord("null", .null, at: position)
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try readNumber(at: position)
        case nil: throw scanner.error("the text ends where a value should be")
        default: throw scanner.error("expected a value")
        }
    }

    private var position: DocumentPosition {
        DocumentPosition(line: Int32(truncatingIfNeeded: scanner.line), column: Int32(truncatingIfNeeded: scanner.column))
    }

    private mutating func readWord(
        _ word: StaticString, _ value: DocumentNode.Value, at position: DocumentPosition
    ) throws(JSONSyntaxError) -> DocumentNode {
        try scanner.readWord(word)
        return DocumentNode(value, text: "\(word)", at: position)
    }

    private mutating func readNumber(at position: DocumentPosition) throws(JSONSyntaxError) -> DocumentNode {
        let start = scanner.offset
        let number = try scanner.readNumber()
        let text = String(decoding: bytes[start..<scanner.offset], as: UTF8.self)
        if case .double(let value) = number { return DocumentNode(.number(value), text: text, at: position) }
        return DocumentNode(.integer(number.int ?? 0), text: text, at: position)
    }

    private mutating func readElements(depth: Int) throws(JSONSyntaxError) -> [DocumentNode] {
        _ = scanner.take(UInt8(ascii: "["))
        var elements: [DocumentNode] = []
        scanner.skipSpace()
        if scanner.take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try readValue(depth: depth + 1))
            scanner.skipSpace()
        } while scanner.take(UInt8(ascii: ","))
        guard scanner.take(UInt8(ascii: "]")) else { throw scanner.error("expected , or ]") }
        return elements
    }

    private mutating func readMembers(depth: Int) throws(JSONSyntaxError) -> [DocumentMember] {
        _ = scanner.take(UInt8(ascii: "{"))
        var members: [DocumentMember] = []
        scanner.skipSpace()
        if scanner.take(UInt8(ascii: "}")) { return members }
        var keys = UniqueKeys()
        repeat {
            scanner.skipSpace()
            let position = position
            let key = try scanner.readString()
            guard keys.insert(key, after: members) else {
                let reason = "the key \(key.quoted) stands twice"
                throw JSONSyntaxError(line: Int(position.line), column: Int(position.column), reason: reason)
            }
            scanner.skipSpace()
            guard scanner.take(UInt8(ascii: ":")) else { throw scanner.error("expected :") }
            members.append(DocumentMember(key: key, position: position, value: try readValue(depth: depth + 1)))
            scanner.skipSpace()
        } while scanner.take(UInt8(ascii: ","))
        guard scanner.take(UInt8(ascii: "}")) else { throw scanner.error("expected , or }") }
        return members
    }
}

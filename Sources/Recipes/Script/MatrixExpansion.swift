import Documents

/// Replaces `${{ matrix.AXIS }}` in all strings of a document by the values of one cell.
struct MatrixExpansion {
    let cell: Matrix.Cell
    let axes: [String]
    /// The bytes of all scalars so far, over all cells of the document.
    private(set) var bytes: Int

    /// - Parameter bytes: The bytes of the cells before.
    init(cell: Matrix.Cell, axes: [String], bytes: Int) {
        self.cell = cell
        self.axes = axes
        self.bytes = bytes
    }

    /// The document with the cell's values in place; keys and positions stay. Errors go to `reader`.
    mutating func expand(_ node: DocumentNode, _ reader: inout NodeReader) -> DocumentNode {
        let size = TemplateSearch(node)
        guard size.found, bytes <= DocumentLimits.expandedBytes else {
            bytes += size.bytes
            return node
        }
        return expandTemplates(node, &reader)
    }

    private mutating func expandTemplates(_ node: DocumentNode, _ reader: inout NodeReader) -> DocumentNode {
        var result = node
        switch node.value {
        case .list(let elements): result.value = .list(elements.map { expandTemplates($0, &reader) })
        case .mapping(let members):
            result.value = .mapping(
                members.map { DocumentMember(key: $0.key, position: $0.position, value: expandTemplates($0.value, &reader)) })
        case .string:
            if let text = expand(node.text, at: node.position, &reader) { result.text = text }
            bytes += result.text.utf8.count
        default: break
        }
        return result
    }

    private func expand(_ text: String, at position: DocumentPosition, _ reader: inout NodeReader) -> String? {
        guard text[...].range(of: "${{") != nil else { return nil }
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "${{"), let end = rest[start.upperBound...].range(of: "}}") {
            let template = rest[start.lowerBound..<end.upperBound]
            result += rest[..<start.lowerBound]
            result += value(ofTemplate: rest[start.upperBound..<end.lowerBound], at: position, &reader) ?? template
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    /// The value of a template; nil if it is none of the matrix, which stays as it is.
    private func value(ofTemplate inner: Substring, at position: DocumentPosition, _ reader: inout NodeReader) -> Substring? {
        let name = inner.trimmedSpaces
        guard name.hasPrefix("matrix.") else { return nil }
        let axis = String(name.dropFirst("matrix.".count))
        if let value = cell.value(of: axis) { return value[...] }
        let allowed = axes.isEmpty ? "; the document has no matrix" : "; the matrix has only \(axes.joined(separator: ", "))"
        reader.fail(at: position, "${{ matrix.\(axis.excerpt) }} names no axis\(reader.advice(for: axis, among: axes) ?? allowed)")
        return nil
    }
}

/// The size of a document and whether any of its strings holds a template: most hold none and are used as they are.
private struct TemplateSearch {
    var bytes = 0
    var found = false

    init(_ node: DocumentNode) { visit(node) }

    private mutating func visit(_ node: DocumentNode) {
        switch node.value {
        case .list(let elements): for element in elements { visit(element) }
        case .mapping(let members): for member in members { visit(member.value) }
        case .string:
            bytes += node.text.utf8.count
            found = found || node.text[...].range(of: "${{") != nil
        default: break
        }
    }
}

extension Substring {
    /// The first place where some bytes stand.
    fileprivate func range(of pattern: StaticString) -> Range<Index>? {
        let length = pattern.utf8CodeUnitCount
        guard utf8.withContiguousStorageIfAvailable({ $0.contains(pattern.utf8Start.pointee) }) ?? true else { return nil }
        var start = utf8.startIndex
        while let found = utf8[start...].firstIndex(of: pattern.utf8Start.pointee) {
            if let end = utf8.index(found, offsetBy: length, limitedBy: utf8.endIndex),
                utf8[found..<end].elementsEqual(UnsafeBufferPointer(start: pattern.utf8Start, count: length))
            {
                return found..<end
            }
            start = utf8.index(after: found)
        }
        return nil
    }

    fileprivate var trimmedSpaces: Substring {
        let start = drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { start[...$0] } ?? start
    }
}

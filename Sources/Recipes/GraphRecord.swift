public import Documents
public import FarmModel

/// A bare record of a graph: a name and what it needs.
public struct GraphRecord: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The names it needs, in the order written.
    public var needs: [String]
    /// The line it stands on, counted from 1.
    public var line: Int
}

extension DocumentInput {
    /// True if the first record is one that only ``readGraphRecords()`` reads: JSON with a name and neither a kind nor phases.
    public var holdsGraphRecords: Bool {
        guard isJSON else { return false }
        return text.withUnsafeBufferPointer { bytes in
            var documents = JSONDocuments(bytes)
            guard let first = try? documents.next() else { return false }
            return first["name"] != nil && ["kind", "phases", "run"].allSatisfy { first[$0] == nil }
        }
    }

    /// Reads a stream of records of which only `name` and `needs` matter; whatever else they hold is passed over.
    /// - Throws: `.badInput` at the first record that is no JSON object, has no name, or needs something else than names.
    public func readGraphRecords() throws(FarmError) -> [GraphRecord] {
        let result = text.withUnsafeBufferPointer { bytes -> Result<[GraphRecord], DocumentFault> in
            var scanner = GraphRecordScanner(bytes)
            do throws(DocumentFault) { return .success(try scanner.readAll()) } catch { return .failure(error) }
        }
        switch result {
        case .success(let records): return records
        case .failure(let fault):
            let error = DocumentError(
                file: name, line: Int(fault.position.line), column: Int(fault.position.column), message: fault.message)
            throw FarmError(.badInput, error.description)
        }
    }
}

/// Turns nodes into graph records.
private struct GraphRecordScanner {
    private var documents: JSONDocuments

    init(_ bytes: UnsafeBufferPointer<UInt8>) { documents = JSONDocuments(bytes) }

    mutating func readAll() throws(DocumentFault) -> [GraphRecord] {
        var records: [GraphRecord] = []
        while let node = try documents.next() {
            guard records.count < DocumentLimits.jobs else { throw node.fault("more than \(DocumentLimits.jobs) records") }
            records.append(try record(node))
        }
        return records
    }

    private func record(_ node: DocumentNode) throws(DocumentFault) -> GraphRecord {
        guard node.members != nil else { throw node.fault("expected a record, found \(node.found)") }
        guard let name = node["name"] else { throw node.fault("name: a record needs a name") }
        var needs: [String] = []
        if let list = node["needs"] {
            guard case .list(let elements) = list.value else { throw list.fault("needs: expected a list, found \(list.found)") }
            needs.reserveCapacity(elements.count)
            for element in elements { needs.append(try self.name(element["name"] ?? element, "needs")) }
        }
        return GraphRecord(name: try self.name(name, "name"), needs: needs, line: Int(node.position.line))
    }

    private func name(_ node: DocumentNode, _ key: String) throws(DocumentFault) -> String {
        guard case .string = node.value, TextRule.name.accepts(node.text), node.text.utf8.count <= TextRule.name.limit else {
            throw node.fault("\(key): expected \(TextRule.name.expectation), found \(node.found)")
        }
        return node.text
    }
}

extension DocumentNode {
    fileprivate func fault(_ message: String) -> DocumentFault { DocumentFault(position: position, message: message) }
}

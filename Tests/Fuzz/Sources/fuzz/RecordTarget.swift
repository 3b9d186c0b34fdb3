import FarmModel

@testable import Documents

/// JSON, as one record and as what is made of records: written again it has one form that does not change any more.
enum RecordTarget {
    static func check(_ input: Input) -> CInt {
        if let value = try? JSONParser.parse(bytes: input.bytes) {
            checkText(value)
            checkNodes(value, input.bytes)
            if let object = value.object { checkPlan(object) }
        }
        checkManifest(input.bytes)
        checkQuantities(input.text)
        return 0
    }

    private static func checkText(_ value: JSONValue) {
        let (text, canonical) = (value.text, value.canonicalText)
        expect(text.utf8.allSatisfy { $0 >= 32 && $0 != 127 }, "a record with a raw control character")
        expect(try JSONParser.parse(text) == value && JSONParser.parse(text).text == text, "a record changes when it is read: \(text)")
        expect(
            try Bytes.areEqual(JSONParser.parse(canonical).canonicalText, canonical) && canonical.utf8.count == text.utf8.count,
            "a canonical record changes when it is read: \(canonical)")
    }

    /// The reader of documents accepts the same texts; it takes one level more.
    private static func checkNodes(_ value: JSONValue, _ bytes: [UInt8]) {
        var count = 0
        bytes.withUnsafeBufferPointer { bytes in
            var documents = JSONDocuments(bytes)
            do {
                while let node = try documents.next() {
                    count += 1
                    expect(isSame(node, value), "documents and records are read differently")
                }
            } catch {
                fatalError("a record is no document: \(error)")
            }
        }
        expect(count == 1, "one record is \(count) documents")
    }

    private static func isSame(_ node: DocumentNode, _ value: JSONValue) -> Bool {
        switch (node.value, value) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.integer(let one), .int(let other)): one == other
        case (.number(let one), .double(let other)): one == other
        case (.string, .string(let text)): Bytes.areEqual(node.text, text)
        case (.list(let nodes), .array(let values)): nodes.count == values.count && zip(nodes, values).allSatisfy { isSame($0, $1) }
        case (.mapping(let members), .object(let object)):
            members.count == object.members.count
                && zip(members, object.members).allSatisfy { Bytes.areEqual($0.key, $1.key) && isSame($0.value, $1.value) }
        default: false
        }
    }

    private static func checkPlan(_ object: JSONObject) {
        guard let plan = try? Plan(json: object) else { return }
        let text = JSONValue.object(plan.json).text
        do {
            guard let stored = try JSONParser.parse(text).object else { fatalError("a plan is no object: \(text)") }
            expect(JSONValue.object(try Plan(json: stored).json).text == text, "a stored plan changes: \(text)")
        } catch {
            fatalError("a stored plan cannot be read: \(error): \(text)")
        }
    }

    /// What is read as a manifest is one, byte for byte, and stays beneath its root.
    private static func checkManifest(_ bytes: [UInt8]) {
        guard let manifest = TreeManifest(bytes: bytes) else { return }
        expect(manifest.bytes == bytes, "bytes that are not canonical are read as a manifest")
        for entry in manifest.entries { expect(Bytes.isBeneath(entry.path), "an entry leaves its tree: \(entry.path)") }
    }

    /// What is read is in its range, and its text for people is read too.
    private static func checkQuantities(_ text: String) {
        guard text.utf8.count <= 64 else { return }
        if let digest = Digest(text) { expect(Digest(digest.description) == digest, "a digest changes: \(text)") }
        if let time = Timestamp.parse(text) {
            expect(Timestamp.parse(Timestamp.format(milliseconds: time)) == time, "a time changes: \(text)")
        }
        if let duration = DurationText.milliseconds(text) {
            expect(duration >= 0 && DurationText.milliseconds(DurationText.text(milliseconds: duration)) != nil, "a duration: \(text)")
        }
        if let size = SizeText.bytes(text) {
            expect(size >= 0 && SizeText.bytes(SizeText.text(bytes: size)) != nil, "a size: \(text)")
        }
    }
}

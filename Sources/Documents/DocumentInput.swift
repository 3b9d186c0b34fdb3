import FarmModel

/// The text of one file or stream, and how it is to be taken.
public struct DocumentInput: Sendable {
    /// The file's path as given, or `-` for standard input: stands in messages and origins.
    public var name: String
    /// The text, in UTF-8; a byte order mark is skipped.
    public var bytes: [UInt8]
    /// The folder that relative local paths start from; nil if the sender may not name local paths.
    public var base: String?

    /// Creates an input.
    public init(name: String, bytes: [UInt8], base: String?) {
        self.name = name
        self.bytes = bytes
        self.base = base
    }

    /// The text without a byte order mark.
    package var text: ArraySlice<UInt8> { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...] }

    /// True for JSON: the text starts with `{` and a string or `}`. A YAML flow mapping with bare keys does not.
    package var isJSON: Bool {
        let rest = text.drop(while: \.isJSONSpace)
        guard rest.first == UInt8(ascii: "{") else { return false }
        let next = rest.dropFirst().first { !$0.isJSONSpace }
        return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    }

    /// Reads the text's documents, one after the other, until `take` answers false.
    /// - Throws: what cannot be read further; what comes before it has been taken.
    package func read(_ take: (DocumentNode) -> Bool) throws(DocumentFault) {
        try text.withUnsafeBufferPointer { text throws(DocumentFault) in
            if isJSON {
                try check(text, limit: DocumentLimits.streamBytes)
                var documents = JSONDocuments(text)
                while let document = try documents.next(), take(document) {}
            } else {
                try check(text, limit: DocumentLimits.documentBytes)
                if let fault = TextCheck.fault(in: text) { throw fault }
                var documents = YAMLDocuments(text)
                while let document = try documents.next(), take(document) {}
            }
        }
    }

    private func check(_ text: UnsafeBufferPointer<UInt8>, limit: Int) throws(DocumentFault) {
        guard text.count > limit else { return }
        throw DocumentFault(position: .start, message: "the file is larger than \(SizeText.text(bytes: Int64(limit)))")
    }

    /// The files of a folder that are read, in order: `*.yaml *.yml *.json *.ndjson` that are not hidden, sorted bytewise.
    public static func documents(among fileNames: some Sequence<String>) -> [String] {
        fileNames.filter { name in
            !name.hasPrefix(".") && [".yaml", ".yml", ".json", ".ndjson"].contains { name.hasSuffix($0) }
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension UInt8 {
    fileprivate var isJSONSpace: Bool { self == 32 || (9...10).contains(self) || self == 13 }
}

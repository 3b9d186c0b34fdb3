/// The canonical description of a tree: its entries sorted bytewise by path, one JSON object a line. Its SHA-256 is the tree's digest.
///
/// Owners are always 0:0 and times are not kept, so equal content has an equal digest.
public struct TreeManifest: Sendable, Equatable {
    /// Sorted bytewise by path; every path is unique.
    public let entries: [TreeEntry]

    /// Sorts the entries; their paths must be unique.
    public init(entries: [TreeEntry]) {
        self.entries = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The tree without entries.
    public static let empty = TreeManifest(entries: [])

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        for entry in entries {
            writer.write(entry.json)
            writer.endRecord()
        }
        return writer.bytes
    }

    /// Reads canonical bytes; nil if they are anything else.
    public init?(bytes: [UInt8]) {
        var entries: [TreeEntry] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let value = try? JSONParser.parse(bytes: Array(line)), let entry = TreeEntry(json: value) else { return nil }
            if let last = entries.last, !last.path.utf8.lexicographicallyPrecedes(entry.path.utf8) { return nil }
            entries.append(entry)
        }
        self.entries = entries
        if self.bytes != bytes { return nil }
    }

    /// The sizes of all files together.
    public var totalBytes: Int64 {
        entries.reduce(0) { sum, entry in if case .file(let size, _) = entry.content { sum + size } else { sum } }
    }

    /// How many files there are.
    public var fileCount: Int {
        entries.count { if case .file = $0.content { true } else { false } }
    }
}

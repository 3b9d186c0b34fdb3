internal import FarmModel

/// What extended headers said about the entry that follows them.
struct TarEntryBuilder {
    /// Headers that describe the entry after them.
    enum Extension {
        /// `x`
        case pax
        /// `L`: the path that was too long for the header.
        case longPath
        /// `K`: the text of a link that was too long for the header.
        case longLink
    }

    private var records: PaxRecords?
    private var longPath: [UInt8]?
    private var longLink: [UInt8]?

    /// Nothing was said yet.
    var isEmpty: Bool { records == nil && longPath == nil && longLink == nil }

    /// What the type of a header means, if it describes the entry after it.
    func `extension`(of type: UInt8) -> Extension? {
        switch type {
        case UInt8(ascii: "x"): .pax
        case UInt8(ascii: "L"): .longPath
        case UInt8(ascii: "K"): .longLink
        default: nil
        }
    }

    /// Takes the content of such a header.
    mutating func add(_ kind: Extension, _ content: [UInt8]) throws(TarProblem) {
        switch kind {
        case .pax where records == nil: records = try PaxRecords(parsing: content)
        case .longPath where longPath == nil: longPath = content.prefixToZero
        case .longLink where longLink == nil: longLink = content.prefixToZero
        default: throw .refused("an entry has two extended headers of the same kind")
        }
    }

    /// The entry whose header this is; nil for the root itself, of which nothing is kept.
    mutating func entry(_ block: TarBlock) throws(TarProblem) -> TarEntry? {
        let records = self.records ?? PaxRecords()
        let path = try TarPath.checked(records.path ?? longPath ?? block.path)
        let content = try content(block, records, path)
        let owners = (records.owner ?? block.owner, records.group ?? block.group)
        guard let owner = UInt32(exactly: owners.0), let group = UInt32(exactly: owners.1), max(owner, group) < .max else {
            throw .refused("\(TarPath.shown(path.utf8)) belongs to a number that nobody can have")
        }
        let seconds = records.modifiedSeconds ?? block.modifiedSeconds
        guard seconds <= TarLimits.time else { throw .refused("\(TarPath.shown(path.utf8)) is of a time beyond the year 9999") }
        self = TarEntryBuilder()
        if path.isEmpty {
            guard content == .folder else { throw .refused("an entry has no path") }
            return nil
        }
        return TarEntry(
            path: path, content: content, mode: UInt32(truncatingIfNeeded: block.mode) & 0o7777, owner: owner, group: group,
            modifiedSeconds: seconds, attributes: records.attributes, checksum: records.checksum)
    }

    private func content(_ block: TarBlock, _ records: PaxRecords, _ path: String) throws(TarProblem) -> TarEntry.Content {
        let size = try size(block, records, path)
        let link = records.link ?? longLink ?? block.link
        if block.type == UInt8(ascii: "0") || block.type == 0 { return .file(size: size) }
        guard size == 0 else { throw .refused("\(TarPath.shown(path.utf8)) is no file, and yet has \(size) bytes") }
        switch block.type {
        case UInt8(ascii: "5"): return .folder
        case UInt8(ascii: "2"): return .symbolicLink(target: try TarPath.linkText(link))
        case UInt8(ascii: "1"): return .hardLink(target: try TarPath.checked(link))
        default: throw .refused("\(TarPath.shown(path.utf8)) is \(Self.noun(block.type)), which packages may not hold")
        }
    }

    /// A size in an extended header stands only in for one that the header itself has no room for: else two readers could see two archives.
    private func size(_ block: TarBlock, _ records: PaxRecords, _ path: String) throws(TarProblem) -> Int64 {
        guard let size = records.size, size != block.size else { return block.size }
        guard size > TarBlock.largestOctalSize else {
            throw .refused("\(TarPath.shown(path.utf8)) has two sizes, \(size) and \(block.size)")
        }
        return size
    }

    private static func noun(_ type: UInt8) -> String {
        switch type {
        case UInt8(ascii: "3"), UInt8(ascii: "4"): "a device"
        case UInt8(ascii: "6"): "a named pipe"
        case UInt8(ascii: "S"): "a sparse file"
        case UInt8(ascii: "g"): "a global header"
        default: "of the unknown type \(type)"
        }
    }
}

extension [UInt8] {
    fileprivate var prefixToZero: [UInt8] { Array(prefix { $0 != 0 }) }
}

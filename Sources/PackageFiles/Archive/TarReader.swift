public import FarmModel

/// Reads an archive of unknown origin: POSIX ustar with pax extended headers and GNU's long names, and nothing else.
///
/// Every entry is checked before anyone sees it: see ``TarEntry`` for what holds of it. Devices, pipes, sparse files, global headers and
/// everything that is not known are refused. An archive may end without the blocks of zeros, as segments of packages do.
public struct TarReader<Source: ByteSource> {
    private let name: String
    private let limits: TarLimits
    private var blocks: BlockReader<Source>
    private var catalogue = TarCatalogue()
    private var entries = 0
    private var bytes: Int64 = 0
    /// What is left of the present entry.
    private var rest: Int64 = 0
    private var padding = 0

    /// Reads what the source gives.
    /// - Parameter name: What messages call the archive.
    public init(_ source: Source, name: String, limits: TarLimits = TarLimits()) {
        blocks = BlockReader(source)
        self.name = name
        self.limits = limits
    }

    /// Where the bytes come from.
    public var source: Source { blocks.source }

    /// The next entry; nil at the end. What was not read of the one before is passed over.
    /// - Throws: `badInput` for an archive that is damaged or not allowed.
    public mutating func next() throws(FarmError) -> TarEntry? {
        while case let piece = try content(), !piece.isEmpty {}
        do throws(TarProblem) {
            var pending = TarEntryBuilder()
            while let block = try nextBlock() {
                if let kind = pending.extension(of: block.type) {
                    try pending.add(kind, try extendedHeader(block))
                    continue
                }
                guard let entry = try pending.entry(block) else { continue }
                try admit(entry)
                return entry
            }
            if !pending.isEmpty { throw TarProblem.refused("it ends after an extended header") }
            return nil
        } catch {
            throw error.farmError(name)
        }
    }

    /// The next bytes of the present entry; none at its end.
    public mutating func content() throws(FarmError) -> ArraySlice<UInt8> {
        guard rest > 0 else {
            try pass(padding)
            padding = 0
            return []
        }
        let piece = try blocks.piece(atMost: Int(min(rest, 1 << 30)))
        if piece.isEmpty { throw FarmError(.badInput, "\(name): it ends in the middle of a file") }
        rest -= Int64(piece.count)
        return piece
    }
}

extension TarReader {
    /// The next header; nil at the end of the archive.
    private mutating func nextBlock() throws(TarProblem) -> TarBlock? {
        let block = try read(TarBlock.size, orEnd: true)
        if block.isEmpty { return nil }
        if block.contains(where: { $0 != 0 }) { return try TarBlock(block) }
        while case let piece = try some(), !piece.isEmpty {
            if piece.contains(where: { $0 != 0 }) { throw TarProblem.refused("something follows its end") }
        }
        return nil
    }

    /// The content of a header that describes the next entry.
    private mutating func extendedHeader(_ block: TarBlock) throws(TarProblem) -> [UInt8] {
        entries += 1
        guard block.size <= Int64(limits.extendedHeader) else { throw TarProblem.refused("an extended header is too large") }
        let content = try read(Int(block.size))
        _ = try read(TarHeader.padding(after: block.size))
        return content
    }

    private mutating func admit(_ entry: TarEntry) throws(TarProblem) {
        entries += 1
        // Each entry may have a header of its own before it.
        guard entries <= 2 * limits.entries else { throw TarProblem.refused("it has more than \(limits.entries) entries") }
        if case .file(let size) = entry.content {
            guard size <= limits.bytes - bytes else { throw TarProblem.refused("its files have more than \(limits.bytes) bytes") }
            bytes += size
            (rest, padding) = (size, TarHeader.padding(after: size))
        }
        try catalogue.add(entry.path, entry.content)
    }

    private mutating func pass(_ count: Int) throws(FarmError) {
        if try blocks.bytes(count).count < count { throw FarmError(.badInput, "\(name): it ends in the middle of a block") }
    }

    /// So many bytes; none at the end of the archive, if it may be here.
    private mutating func read(_ count: Int, orEnd mayEnd: Bool = false) throws(TarProblem) -> [UInt8] {
        do throws(FarmError) {
            let found = try blocks.bytes(count)
            if found.count == count || mayEnd && found.isEmpty { return found }
        } catch {
            throw .source(error)
        }
        throw .refused("it ends in the middle of a block")
    }

    private mutating func some() throws(TarProblem) -> ArraySlice<UInt8> {
        do throws(FarmError) { return try blocks.piece(atMost: 1 << 20) } catch { throw .source(error) }
    }
}

internal import FarmModel

/// Cuts a source into the blocks and pieces that an archive is made of.
struct BlockReader<Source: ByteSource> {
    private(set) var source: Source
    private var buffer: ArraySlice<UInt8> = []
    private var isAtEnd = false

    init(_ source: Source) { self.source = source }

    /// Some of the next bytes, at most `limit`; none at the end.
    mutating func piece(atMost limit: Int) throws(FarmError) -> ArraySlice<UInt8> {
        if buffer.isEmpty, !isAtEnd {
            buffer = try source.nextBytes()[...]
            isAtEnd = buffer.isEmpty
        }
        let piece = buffer.prefix(limit)
        buffer = buffer.dropFirst(piece.count)
        return piece
    }

    /// The next `count` bytes, fewer only at the end.
    mutating func bytes(_ count: Int) throws(FarmError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let piece = try piece(atMost: count - bytes.count)
            if piece.isEmpty { return bytes }
            bytes += piece
        }
        return bytes
    }
}

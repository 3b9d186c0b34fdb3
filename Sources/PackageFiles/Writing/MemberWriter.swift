internal import CZlib
internal import FarmModel

/// Writes one gzip member (RFC 1952) from bytes as they come, in little memory.
///
/// It is cut into pieces of a fixed size, which are compressed at the same time on several processors and joined in order: the result is the
/// same, however many there are.
struct MemberWriter {
    /// How much is compressed at a time.
    static let pieceSize = 1 << 20
    /// More pieces at once would take memory and gain nothing: the bytes come from one reader.
    static let processorLimit = 8
    /// No name, no time, no flags, system unknown: the same bytes each time.
    static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    private let output: ([UInt8]) throws(FarmError) -> Void
    private let processors: Int
    private var piece: [UInt8] = []
    private var dictionary: [UInt8] = []
    private var tasks: [DeflateTask] = []
    private var checksum: UInt = 0
    private var size: UInt32 = 0
    private var hasHeader = false

    /// - Parameters:
    ///   - processors: how many pieces are compressed at once.
    ///   - output: where the compressed bytes go.
    init(processors: Int, output: @escaping ([UInt8]) throws(FarmError) -> Void) {
        self.processors = min(max(1, processors), Self.processorLimit)
        self.output = output
    }

    /// Adds bytes.
    mutating func write(_ bytes: [UInt8]) throws(FarmError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if piece.count == Self.pieceSize { try compressPiece(isLast: false) }
            let part = rest.prefix(Self.pieceSize - piece.count)
            piece += part
            rest = rest.dropFirst(part.count)
        }
    }

    /// Ends the member.
    mutating func finish() throws(FarmError) {
        try compressPiece(isLast: true)
        while !tasks.isEmpty { try writeFirstTask() }
        try output(Self.littleEndian(UInt32(truncatingIfNeeded: checksum)) + Self.littleEndian(size))
    }

    private mutating func compressPiece(isLast: Bool) throws(FarmError) {
        if !hasHeader { try output(Self.header) }
        hasHeader = true
        checksum = crc32(checksum, piece, UInt32(piece.count))
        size &+= UInt32(piece.count)
        if processors == 1 {
            try output(try Deflate.compress(piece, after: dictionary, isLast: isLast))
        } else {
            if tasks.count == processors { try writeFirstTask() }
            tasks.append(DeflateTask(piece, after: dictionary, isLast: isLast))
        }
        dictionary = Array(piece.suffix(Deflate.windowSize))
        piece.removeAll(keepingCapacity: true)
    }

    private mutating func writeFirstTask() throws(FarmError) { try output(try tasks.removeFirst().wait()) }

    private static func littleEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}

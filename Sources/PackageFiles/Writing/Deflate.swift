internal import CZlib
internal import FarmModel

/// Compresses one piece of a stream by itself (RFC 1951), so that several can be compressed at once.
enum Deflate {
    /// What gzip takes where nothing is said.
    static let usualLevel: Int32 = 6
    /// How far back compressed bytes can refer.
    static let windowSize = 32 << 10

    /// Compresses a piece to whole bytes, after which the next piece can stand.
    /// - Parameters:
    ///   - dictionary: what stands before the piece; the last ``windowSize`` bytes of it count.
    ///   - isLast: whether the stream ends with it.
    /// - Throws: `unavailable` without memory.
    static func compress(
        _ piece: [UInt8], after dictionary: [UInt8], isLast: Bool, level: Int32 = usualLevel
    ) throws(FarmError) -> [UInt8] {
        var stream = z_stream()
        guard bf_deflate_init(&stream, level) == Z_OK else {
            throw FarmError(.unavailable, "there is not enough memory to compress; end other programs and try again")
        }
        defer { deflateEnd(&stream) }
        let window = dictionary.suffix(windowSize)
        if !window.isEmpty { _ = window.withUnsafeBufferPointer { deflateSetDictionary(&stream, $0.baseAddress, UInt32($0.count)) } }
        // A flush adds less than this to what a whole stream could take.
        let capacity = Int(deflateBound(&stream, UInt(piece.count))) + 64
        return piece.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(capacity)
                deflate(&stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                count = capacity - Int(stream.avail_out)
            }
        }
    }
}

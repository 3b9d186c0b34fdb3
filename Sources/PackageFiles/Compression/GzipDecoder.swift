internal import CZlib
internal import FarmModel

/// Decompresses one gzip member (RFC 1952), piece by piece. zlib checks the member's own sum and size.
final class GzipDecoder {
    /// What came of a piece of input.
    struct Piece {
        var output: [UInt8]
        /// How many bytes of the input were used; what follows the member's end is not.
        var consumed: Int
        var isAtEnd: Bool
    }

    /// Why a member cannot be decompressed, in zlib's words.
    struct Problem: Error {
        var reason: String
    }

    /// zlib keeps the address of the stream and refuses one that was moved.
    private let stream: UnsafeMutablePointer<z_stream>
    /// The largest window, and gzip's header only.
    private static let windowBits: Int32 = 15 + 16

    /// Starts a member.
    init() throws(Problem) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if code != Z_OK { throw Problem(reason: "out of memory") }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Decompresses what it can of the input into at most `outputLimit` bytes.
    func decode(_ input: ArraySlice<UInt8>, outputLimit: Int) throws(Problem) -> Piece {
        var code = Z_OK
        var consumed = 0
        let output = [UInt8](unsafeUninitializedCapacity: outputLimit) { buffer, count in
            input.withUnsafeBufferPointer { source in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.pointee.avail_in = UInt32(clamping: source.count)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(clamping: outputLimit)
                code = inflate(stream, Z_NO_FLUSH)
                consumed = source.count - Int(stream.pointee.avail_in)
                count = outputLimit - Int(stream.pointee.avail_out)
            }
        }
        // Z_BUF_ERROR only says that nothing more can be done without more input.
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw Problem(reason: reason(code)) }
        return Piece(output: output, consumed: consumed, isAtEnd: code == Z_STREAM_END)
    }

    private func reason(_ code: Int32) -> String {
        if let message = stream.pointee.msg { return String(cString: message) }
        return code == Z_NEED_DICT ? "it needs a dictionary" : "zlib's error \(code)"
    }
}

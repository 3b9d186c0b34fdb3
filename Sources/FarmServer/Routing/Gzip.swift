import CZlib

/// Makes answers smaller on their way (RFC 1952).
enum Gzip {
    /// Shorter answers fit one packet anyway.
    static let least = 1_024
    /// Fast: answers are made once each and sent at once.
    private static let level: Int32 = 4

    /// The bytes compressed; nil if that makes them no smaller.
    static func compressed(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var stream = z_stream()
        guard bf_gzip_init(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var isComplete = false
        let result = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
            stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = UInt32(clamping: bytes.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(clamping: bytes.count)
            isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
            count = isComplete ? bytes.count - Int(stream.avail_out) : 0
        }
        return isComplete ? result : nil
    }
}

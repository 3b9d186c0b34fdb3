internal import CZlib
public import FarmModel

/// One member of a file of concatenated gzip members (RFC 1952): what is known of it once it was read to its end.
public struct GzipMember: Sendable {
    /// The SHA-1 of the member as it stands in the file: 20 bytes.
    public var sha1: [UInt8]
    /// The SHA-256 of the member as it stands in the file.
    public var sha256: Digest
    /// How many bytes it takes in the file.
    public var compressedSize: Int64
    /// How many bytes it holds.
    public var size: Int64

    /// Bytes as one member without name and time: the same for the same bytes.
    /// - Parameter level: zlib's, 1 to 9.
    public static func compressing(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
        var stream = z_stream()
        guard bf_gzip_init(&stream, level) == Z_OK else { preconditionFailure("zlib has no memory") }
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, UInt(bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: room) { output, count in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(clamping: input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(clamping: room)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "only members of less than 4 GiB are made in one piece")
                count = room - Int(stream.avail_out)
            }
        }
    }
}

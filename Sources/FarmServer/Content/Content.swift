import FarmModel
import NIOCore

/// Bytes that are sent as they are read: of the largest content no more than a piece is in memory.
struct Content: Sendable {
    /// All its bytes.
    let size: Int64
    /// Its media type.
    let type: String
    /// Its strong tag with its quotes; nil for what may still grow.
    let tag: String?
    /// At most so many bytes from an offset on, blocking; fewer are read again from where they end, none is an error.
    let read: @Sendable (_ offset: Int64, _ limit: Int) throws(FarmError) -> ByteBuffer
}

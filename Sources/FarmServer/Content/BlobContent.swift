import FarmModel
import FarmStore
import HostSystem
import NIOCore

extension Content {
    /// A file of the store. Its tag is its digest: it never changes.
    static func blob(_ digest: Digest, size: Int64, type: String, in store: Store) throws(FarmError) -> Content {
        let file = try store.blobs.open(digest)
        return Content(size: size, type: type, tag: "\"\(digest.hex)\"") { offset, limit throws(FarmError) in
            ByteBuffer(bytes: try FarmError.wrap { () throws(SystemError) in try file.read(atMost: limit, at: offset) })
        }
    }
}

internal import BuildKitClient
internal import HostSystem
internal import Synchronization

/// Writes an archive into a file, as far as it may be that large.
final class ArchiveSink: ByteSink {
    private let file: Descriptor
    private let limit: Int64
    private let size = Mutex<Int64>(0)

    init(_ file: Descriptor, limit: Int64?) {
        self.file = file
        self.limit = limit ?? .max
    }

    /// Whether it was refused for its size.
    var isTooLarge: Bool { size.withLock { $0 > limit } }

    func write(_ bytes: [UInt8]) throws {
        let total = size.withLock { size in
            size += Int64(bytes.count)
            return size
        }
        guard total <= limit else { throw OutputSink.TooLarge() }
        try file.writeAll(bytes)
    }
}
